"""What can be done with ideas: ``writing``, ``supporting``, ``going_on``, and ``importing`` from elsewhere."""

from shapedby.ideas.actions.going_on import add_step, change_stage, listen
from shapedby.ideas.actions.supporting import (
    origin_of,
    own_receipt,
    restore_supports,
    set_aside_supports,
    support,
    support_at_once,
    withdraw_support,
)
from shapedby.ideas.actions.writing import Calendar, change, save_draft, send, start_draft, whole_html, withdraw

__all__ = [
    "Calendar",
    "add_step",
    "change",
    "change_stage",
    "listen",
    "origin_of",
    "own_receipt",
    "restore_supports",
    "save_draft",
    "send",
    "set_aside_supports",
    "start_draft",
    "support",
    "support_at_once",
    "whole_html",
    "withdraw",
    "withdraw_support",
]
