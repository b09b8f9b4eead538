"""What people do about themselves: ``naming``, ``exporting``, ``leaving``; the council: ``retention``, ``holding``."""

from shapedby.account.actions.naming import Answers, change_about_me, change_name, listen, welcome

__all__ = ["Answers", "change_about_me", "change_name", "listen", "welcome"]
