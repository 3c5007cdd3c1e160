"""Work that goes on for months: reports are added, incidents kept up to date, people's decisions kept and applied."""

from twosource.case.adding import Added, add
from twosource.case.settling import account_in, settle

__all__ = ["Added", "account_in", "add", "settle"]
