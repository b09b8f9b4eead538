"""What moderation does; everything public is importable from here."""

from shapedby.moderation.actions.deciding import decide
from shapedby.moderation.actions.reporting import report

__all__ = ["decide", "report"]
