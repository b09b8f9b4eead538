"""What can be done at the desk: ``deciding`` about ideas; ``tasks`` lets slices above add lines to its first page."""

from shapedby.shortlist.actions.deciding import (
    answer,
    assess,
    decline,
    finish,
    respond,
    shortlist,
    take_under_review,
)

__all__ = ["answer", "assess", "decline", "finish", "respond", "shortlist", "take_under_review"]
