"""What screening does; everything public is importable from here."""

from shapedby.screening.actions.checking import examine, screen_again, tell_of_outage
from shapedby.screening.actions.postings import begin, change, open_case, send, when_changed, withdraw
from shapedby.screening.actions.quarantining import bring_back, forget, forget_quarantined
from shapedby.screening.actions.sites import change_rules, use, week_of

__all__ = [
    "begin",
    "bring_back",
    "change",
    "change_rules",
    "examine",
    "forget",
    "forget_quarantined",
    "open_case",
    "screen_again",
    "send",
    "tell_of_outage",
    "use",
    "week_of",
    "when_changed",
    "withdraw",
]
