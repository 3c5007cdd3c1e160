from twosource.annotate.parse import Parsed
from twosource.model import When
def times(parsed: Parsed) -> tuple[When, ...]:
    return ()
