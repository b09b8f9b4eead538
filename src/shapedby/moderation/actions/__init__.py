"""What moderation does, one verb a transaction; everything public is importable from here."""

from shapedby.moderation.actions.deciding import Batch, decide, decide_together, undo
from shapedby.moderation.actions.forgetting import listen
from shapedby.moderation.actions.handing import hand_over, note
from shapedby.moderation.actions.mailing import choose_mail, send_digests, tell_urgent
from shapedby.moderation.actions.redacting import redact
from shapedby.moderation.actions.reporting import report

__all__ = [
    "Batch",
    "choose_mail",
    "decide",
    "decide_together",
    "hand_over",
    "listen",
    "note",
    "redact",
    "report",
    "send_digests",
    "tell_urgent",
    "undo",
]
