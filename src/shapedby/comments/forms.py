"""What a person types as a comment, and the words for its refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shapedby.comments.rules import MOST_TEXT, Order, Why
from shapedby.kernel import N_
from shapedby.text import contacts
from shapedby.web.forms import Errors, Typed, whole
from shapedby.web.words import says


class Wrong(StrEnum):
    """What can be wrong with a comment."""

    EMPTY = "empty"
    CONTACTS = "contacts"


says(
    {
        Wrong.EMPTY: N_("Write your comment first"),
        Wrong.CONTACTS: N_(
            "There seems to be a phone number, an e-mail address or a home address in your comment. Take it out, or "
            "tick the box below to keep it: then we check your comment before others see it."
        ),
    },
    {Order.TIME: N_("Oldest first"), Order.USEFUL: N_("Most useful first")},
    {
        Why.IDEA_NOT_PUBLIC: N_("This idea is not public at the moment, so nobody can comment on it."),
        Why.DECIDED: N_("This question has been decided, so the discussion is closed. You can still read it."),
        Why.COMMENT_GONE: N_("The comment you wanted to reply to is no longer there."),
        Why.NOT_YOURS: N_("Only the person who wrote this comment can take it back."),
        Why.NOT_ASKED: N_(
            "You can change a comment in the first 15 minutes, or when a moderator has asked you to. "
            "You can take it back at any time."
        ),
        Why.SLOW_DOWN: N_(
            "You have written a lot in a short time. Thank you. Please take a break, so that others are heard too, "
            "and send this in an hour. Copy your words to keep them."
        ),
        Why.OWN_COMMENT: N_("This is your own comment, so others decide whether it is useful."),
        Why.NOT_YOUR_ROLE: N_("Only people who work for the council can put a comment at the top."),
        Why.ENOUGH_PINNED: N_("Three comments are at the top already. Take one of them down first."),
    },
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it was typed; ``answers`` is the number of the comment it replies to, or None."""

    source: str
    answers: int | None
    contacts_kept: bool


def read(form: Typed, errors: Errors) -> Remark:
    """Read the fields ``comment``, ``answers`` and ``keep_contacts``.

    A phone number or an address is an error until the person says that it stays.
    """
    source = errors.text(form, "comment", most=MOST_TEXT, needed=False)
    if not source:
        errors.add("comment", Wrong.EMPTY)
    kept = form.ticked("keep_contacts")
    if not errors and not kept and contacts(source):
        errors.add("comment", Wrong.CONTACTS)
    return Remark(source, whole(form["answers"], 0, most=999_999_999) or None, kept)
