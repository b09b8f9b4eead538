"""From what a person typed to what a page shows: Markdown → bleach → scheme check → nh3."""

from __future__ import annotations

import asyncio
import re
from enum import StrEnum
from html import escape
from typing import Final

import nh3
from markupsafe import Markup

from .allowed import ALLOWED_SCHEMES, ALLOWED_TAGS, LINK_REL
from .bleaching import bleached
from .characters import visible, without_references
from .limits import MOST_TAGS, refuse_too_long, too_busy
from .markdown import as_html

_PASSES: Final = 4
_MUTED = re.compile(
    r"<(script|style|title|textarea|template|noscript|iframe)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)


class Format(StrEnum):
    """How a text was typed."""

    MARKDOWN = "markdown"
    HTML = "html"


def clean(source: str, *, format: Format = Format.MARKDOWN) -> Markup:  # noqa: A002 - the word people use
    """Return what a page may show of `source`; HTML is for imports from other platforms.

    The answer has only ALLOWED_TAGS, links with ALLOWED_SCHEMES and LINK_REL, and does not change
    when it is cleaned again as HTML. A text too busy to be parsed is shown as it was typed.
    Raises TextTooLong over TOO_LONG characters. Takes up to 0.4 s of processor for the worst text:
    on the event loop use `clean_later`.
    """
    refuse_too_long(source)
    return Markup(clean_any_length(source, format=format))  # noqa: S704 - made here, by two sanitisers


async def clean_later(source: str, *, format: Format = Format.MARKDOWN) -> Markup:  # noqa: A002
    """Do the same as `clean` in a thread, so that the server answers others meanwhile."""
    return await asyncio.to_thread(clean, source, format=format)


async def clean_again(source: str, *, was: str, html: str) -> Markup:
    """Clean a text in which words were replaced, in the format of what it was: ``html`` was made from ``was``."""
    return Markup(await asyncio.to_thread(_again, source, was, html))  # noqa: S704 - made here, by two sanitisers


def _again(source: str, was: str, html: str) -> str:
    markdown = clean_any_length(was, format=Format.MARKDOWN) == html
    imported = not markdown and clean_any_length(was, format=Format.HTML) == html
    return clean_any_length(source, format=Format.HTML if imported else Format.MARKDOWN)


def clean_any_length(source: str, *, format: Format) -> str:  # noqa: A002
    """Clean without the limit of length, for texts that are already known to be short enough."""
    typed = visible(source)
    html = as_html(typed) if format is Format.MARKDOWN else _import(typed)
    if html is not None and not too_busy(html):
        settled = _settled(html)
        if settled is not None:
            return settled
    return _settled(as_typed(typed)) or ""


def as_typed(typed: str) -> str:
    """Return the characters of a text as paragraphs, with none of them taken for markup."""
    paragraphs = re.split(r"\n{2,}", typed.strip("\n"))
    if 2 * len(paragraphs) + typed.count("\n") > MOST_TAGS:
        return f"<p>{escape(typed, quote=False)}</p>"
    return "\n".join(f"<p>{escape(paragraph, quote=False).replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)


def _import(typed: str) -> str:
    """Prepare another platform's HTML: what a browser would not show as text goes, with its content."""
    return typed if too_busy(typed) else without_references(_MUTED.sub("", typed))


def _settled(html: str) -> str | None:
    """Clean until cleaning changes nothing; None where that does not end, or the result is too busy.

    Two parsers of broken HTML can disagree about where a tag ends, and then a second reading differs.
    """
    before = None
    for _ in range(_PASSES):
        cleaned = _once(html)
        if cleaned == before:
            return cleaned
        if too_busy(cleaned):
            return None
        before, html = cleaned, _import(visible(cleaned))
    return None


def _once(html: str) -> str:
    return nh3.clean(
        bleached(html),
        tags=set(ALLOWED_TAGS),
        # nh3 writes rel itself, from link_rel.
        attributes={"a": {"href"}},
        url_schemes=set(ALLOWED_SCHEMES),
        link_rel=LINK_REL,
        strip_comments=True,
    ).strip()
