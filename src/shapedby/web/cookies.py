"""Everything that we keep in a browser, declared once: the cookies page shows this, and no other cookie can be set."""

from collections.abc import Mapping
from dataclasses import dataclass

from shapedby.kernel import N_


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing kept in a browser; purpose and lasts are English, marked for the catalogues."""

    name: str
    purpose: str
    lasts: str


COOKIES: Mapping[str, Kept] = {
    kept.name: kept
    for kept in (
        Kept(
            "sign-in",
            N_("Knows that you are signed in. It is a long random number and says nothing about you."),
            N_("Until you sign out, and 60 days at most. For people who work for the council, 12 hours."),
        ),
        Kept(
            "sign-in-browser",
            N_("Makes sure that the six-digit code we mail you works only in the browser that asked for it."),
            N_("One hour, or until you have signed in."),
        ),
        Kept(
            "form",
            N_("Shows us that a form comes from our own page, when you send one without signing in."),
            N_("Until you close your browser, or sign in."),
        ),
        Kept(
            "begun",
            N_("Leads back to what you began to write before you signed in."),
            N_("One day, or until you have signed in and it is saved."),
        ),
        Kept("lang", N_("Remembers the language that you chose."), N_("One year.")),
    )
}

STORED = (
    Kept(
        "draft:…",
        N_("Keeps what you are typing when our site cannot be reached, so that it is not lost."),
        N_("Until it is saved, and three days at most."),
    ),
    Kept(
        "keys-off", N_("Remembers that a moderator has turned one-letter keys off."), N_("Until it is turned on again.")
    ),
)
"""What our scripts keep on the device itself; it is never sent to us."""


class Undeclared(LookupError):  # noqa: N818 - it says what is, where it is caught
    """A cookie that the cookies page would not tell people about: a mistake in the code."""


def check_declared(name: str) -> None:
    """Raise ``Undeclared`` for a cookie that is not in ``COOKIES``."""
    if name not in COOKIES:
        message = f"the cookie {name!r} is not declared in shapedby.web.cookies"
        raise Undeclared(message)
