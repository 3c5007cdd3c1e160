from twosource.annotate.parse import Parsed
from twosource.model import Quantity


def quantities(parsed: Parsed) -> tuple[Quantity, ...]:
    return ()
