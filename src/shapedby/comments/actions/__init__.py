"""What can be done with comments: ``writing``, and ``importing`` from elsewhere."""

from shapedby.comments.actions.writing import listen, withdraw, write

__all__ = ["listen", "withdraw", "write"]
