"""How much a text may be: bleach is slow on deep and on busy HTML, so neither reaches it."""

from __future__ import annotations

import re
from typing import Final

TOO_LONG: Final = 10_000
"""Characters of source that a text may have."""

MOST_TAGS: Final = 500
MOST_DEPTH: Final = 20
MOST_LINKS: Final = 100
"""Links in one text; addresses after these stay plain text."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_VOID: Final = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_CLOSED_BY_ITSELF: Final = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})


class TextTooLong(ValueError):  # noqa: N818 - what the author is told, like Refused
    """The text has more than TOO_LONG characters."""

    def __init__(self, length: int) -> None:
        """Remember how long it was, for the message beside the field."""
        super().__init__(f"a text may have {TOO_LONG} characters, this has {length}")
        self.length = length


def refuse_too_long(source: str) -> None:
    """Raise TextTooLong where `source` is longer than TOO_LONG."""
    if len(source) > TOO_LONG:
        raise TextTooLong(len(source))


def too_busy(html: str) -> bool:
    """Say whether `html` has more tags or is nested deeper than bleach may be given.

    It counts tags as written, which is never less than a parser would make of them, except that an
    unclosed `<li>` or `<p>` beside another is no deeper.
    """
    open_tags: list[str] = []
    for count, match in enumerate(_TAG.finditer(html), start=1):
        if count > 2 * MOST_TAGS:
            return True
        closing, name = match[1], match[2].lower()
        if closing:
            _close(open_tags, name)
        elif name not in _VOID and not (name in _CLOSED_BY_ITSELF and open_tags[-1:] == [name]):
            open_tags.append(name)
        if len(open_tags) > MOST_DEPTH:
            return True
    return len(re.findall(r"<[a-zA-Z!?]", html)) > MOST_TAGS


def _close(open_tags: list[str], name: str) -> None:
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place] == name:
            del open_tags[place:]
            return
