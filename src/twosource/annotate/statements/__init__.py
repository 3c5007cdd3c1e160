from twosource.annotate.parse import Parsed
from twosource.model import Mention, Statement
def statements(parsed: Parsed, mentions: tuple[Mention, ...]) -> tuple[Statement, ...]:
    return ()
