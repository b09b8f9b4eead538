"""The little Markdown that people may use: HTML in it is text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from .characters import without_references
from .limits import MOST_DEPTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_MARKDOWN: Final = (
    # The parser drops what is nested deeper than this; we stop earlier, and lose nothing.
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 2 * MOST_DEPTH})
    # An indented line is not code, a line of dashes makes nothing a heading, and nothing hides an address.
    .disable(["code", "html_block", "html_inline", "image", "lheading", "reference"])
)


def as_html(source: str) -> str | None:
    """Return `source` as HTML, or None where it is nested too deep to be meant."""
    tokens = _MARKDOWN.parse(source)
    if _depth(tokens) > MOST_DEPTH:
        return None
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return without_references(html)


def _depth(tokens: Sequence[Token]) -> int:
    return max((token.level + _depth(token.children or ()) for token in tokens), default=0)
