"""Showing a text as the public would see it, with what weighed most marked in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from markupsafe import Markup

_TAG = re.compile(r"(<[^>]*>)")
_MARK = r"<mark>\g<0></mark>"


def marked(cleaned: Markup, passages: Iterable[str]) -> Markup:
    """Put ``<mark>`` around passages in HTML from ``text.clean``, whatever their capitals; tags stay untouched.

    A passage that runs over a tag is not found: the list of reasons beside the text still names it.
    """
    wanted = {html.escape(" ".join(passage.split()), quote=False) for passage in passages if passage.strip()}
    if not wanted:
        return cleaned
    longest_first = sorted(wanted, key=lambda passage: (-len(passage), passage))
    one = "|".join(re.escape(passage).replace(r"\ ", r"\s+") for passage in longest_first)
    pattern = re.compile(rf"(?<![\w&])(?:{one})(?![\w;])", re.IGNORECASE)
    parts = _TAG.split(str(cleaned))
    shown = (part if part.startswith("<") else pattern.sub(_MARK, part) for part in parts)
    return Markup("".join(shown))  # noqa: S704 - text.clean made it, and only whole <mark> pairs were added to its text
