"""What can be done with comments: ``writing``, ``rewriting``, ``redacting``, and ``importing`` from elsewhere."""

from shapedby.comments.actions.rewriting import rewrite, to_rewrite
from shapedby.comments.actions.writing import listen, withdraw, write

__all__ = ["listen", "rewrite", "to_rewrite", "withdraw", "write"]
