"""What a language model proposes for an account: asked, held against the passages by our own code, and counted.

Nothing here runs unless settings name a server. A model never sees what is withheld, never adds an origin, and no word of
its own stands in an account: it may only choose among the reports' words.
"""

from twosource.propose.client import Model, model_of
from twosource.propose.proposing import proposed

__all__ = ["Model", "model_of", "proposed"]
