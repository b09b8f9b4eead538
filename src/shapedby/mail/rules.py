"""What decides about mail: when it is tried again, and when given up."""

from __future__ import annotations

import re
from datetime import timedelta

SHORT_LIVED = {"sign_in": timedelta(minutes=30)}
"""Kinds of mail that are of no use after a while."""

FIRST_OF_ALL = frozenset({"sign_in", "safeguarding"})
"""Kinds of mail that leave before all others: somebody waits for them at this moment."""

LEASE = timedelta(minutes=10)
"""After this long nobody can still be handing a mail over: whoever began has stopped."""

_LASTS = timedelta(days=4)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=4)
_LONGEST_SUBJECT = 200
_MARK = "Subject:"


def worth_sending(kind: str) -> timedelta:
    """Say for how long after it was written a mail is still tried."""
    return SHORT_LIVED.get(kind, _LASTS)


def wait_after(tries: int) -> timedelta:
    """Say how long to wait after so many failed tries: half a minute, then twice as long each time, to four hours."""
    return min(_FIRST_WAIT * 2 ** min(tries - 1, 12), _LONGEST_WAIT)


def is_final(code: int) -> bool:
    """Say whether an SMTP answer means "never" (5xx) rather than "not now"."""
    return 500 <= code < 600  # noqa: PLR2004 - SMTP's own numbers


def one_header_line(words: str) -> str:
    """Make words fit for one header: no line ends or controls to smuggle another header in with."""
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", words).strip()[:_LONGEST_SUBJECT]


def subject_and_body(rendered: str) -> tuple[str, str]:
    """Part a rendered text template into its first line, ``Subject: …``, and the rest; raises ``ValueError``."""
    first, _, rest = rendered.lstrip().partition("\n")
    if not first.startswith(_MARK):
        message = f"the first line of a mail's text must be “{_MARK} …”, not “{first[:40]}”"
        raise ValueError(message)
    body = re.sub(r"\n{3,}", "\n\n", rest).strip()
    return one_header_line(first.removeprefix(_MARK)), body + "\n"
