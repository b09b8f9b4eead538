"""A text without its markup: for search, mails, excerpts, and for the moderator's marks."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .characters import visible
from .markdown import as_html

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_UNSHOWN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_LINE = re.compile(r"\n?<br\s*/?>\n?|</?(?:li|tr)\b[^<>]*>\n?", re.IGNORECASE)
_BLOCK = re.compile(r"\n?</?(?:blockquote|div|h[1-6]|ol|p|pre|table|ul)\b[^<>]*>\n?", re.IGNORECASE)
_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
ELLIPSIS: Final = "…"


def plain(html_or_source: str) -> str:
    """Return the text a reader would see: paragraphs apart by an empty line, no markup.

    Takes HTML (from `clean`, or another platform's) or the Markdown that a person typed. The answer
    is text, not HTML: templates escape it.
    """
    text = html_or_source
    if not isinstance(text, Markup) and not _LOOKS_LIKE_HTML.search(text):
        rendered = as_html(visible(text))
        if rendered is None:
            return visible(text).strip()
        text = rendered
    text = _BLOCK.sub("\n\n", _LINE.sub("\n", _UNSHOWN.sub("", str(text))))
    text = visible(html.unescape(_TAG.sub("", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def excerpt(html: str, limit: int = 200) -> str:
    """Return the beginning of a text on one line, at most `limit` characters, cut between words."""
    text = " ".join(plain(html).split())
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    # A space just behind the cut means that the last word is whole.
    whole = cut if text[len(cut)] == " " else cut.rpartition(" ")[0] or cut
    return whole.rstrip(" ,;:.-\u2013\u2014") + ELLIPSIS


def mark(source: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """Return plain text as HTML with `<mark>` around the given (start, end) spans.

    Spans may overlap, touch or come in any order; what lies outside the text is ignored.
    """
    parts: list[Markup] = []
    done = 0
    for start, end in _apart(source, spans):
        parts += [Markup.escape(source[done:start]), Markup("<mark>{}</mark>").format(source[start:end])]
        done = end
    return Markup("").join([*parts, Markup.escape(source[done:])])


def _apart(source: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for wanted_start, wanted_end in sorted(spans):
        start, end = max(wanted_start, 0), min(wanted_end, len(source))
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
