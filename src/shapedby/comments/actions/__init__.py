"""What can be done with comments: ``writing``, ``rewriting``, ``valuing``, ``redacting``, ``importing``."""

from shapedby.comments.actions.rewriting import rewrite, to_rewrite
from shapedby.comments.actions.valuing import find_useful, find_useful_no_more, pin, unpin
from shapedby.comments.actions.writing import listen, withdraw, write

__all__ = [
    "find_useful",
    "find_useful_no_more",
    "listen",
    "pin",
    "rewrite",
    "to_rewrite",
    "unpin",
    "withdraw",
    "write",
]
