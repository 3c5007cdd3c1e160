"""The desk check: a text that somebody is about to publish, sentence by sentence against the reports."""

from twosource.corroborate.draft.desk import Checked, Desk, desk_check
from twosource.corroborate.draft.record import Fault, FaultKind

__all__ = ["Checked", "Desk", "Fault", "FaultKind", "desk_check"]
