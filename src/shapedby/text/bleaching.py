"""The first sanitiser, bleach, with our own filters behind it; the only module that imports bleach.

bleach has reached its end of life, so nothing may rely on it alone: nh3 follows in `cleaning`.
"""

from __future__ import annotations

import unicodedata
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Final, cast

import bleach
from bleach.linkifier import LinkifyFilter

from .addresses import BARE, MAIL, real_host_if_disguised, safe_address
from .allowed import ALLOWED_SCHEMES, ALLOWED_TAGS, RENAMED
from .limits import MOST_LINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# bleach has no types: its tokens are html5lib's dictionaries.
Token = dict[str, Any]

_CHARACTER: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'"}
_HREF: Final = (None, "href")


def bleached(html: str) -> str:
    """Return `html` with allowed tags only, its links checked, and its bare addresses made links.

    `html` holds no character references but the five of `characters.without_references`.
    A new bleach.Cleaner each time: it is not safe to share between threads.
    """
    cleaner = bleach.Cleaner(
        tags=ALLOWED_TAGS | set(RENAMED),
        attributes={"a": ["href"]},
        protocols=ALLOWED_SCHEMES,
        strip=True,
        strip_comments=True,
        # Functions do as filters: bleach only calls them and reads what they return.
        filters=cast("Any", [_tidied, _linked]),
    )
    return cleaner.clean(html)


def _tidied(source: Iterable[Token]) -> list[Token]:
    """Rename tags, compose text, check every link; a list, because linking counts the links first."""
    return list(_checked_links(_merged_text(source)))


def _merged_text(source: Iterable[Token]) -> Iterator[Token]:
    text: list[str] = []
    after_pre = False
    for token in source:
        if token["type"] == "Entity":
            text.append(_CHARACTER.get(token["name"], ""))
        elif token["type"] in {"Characters", "SpaceCharacters"}:
            text.append(token["data"])
        else:
            yield from _one_text(text, after_pre=after_pre)
            text = []
            if "name" in token:
                token["name"] = RENAMED.get(token["name"], token["name"])
            after_pre = token["type"] == "StartTag" and token["name"] == "pre"
            yield token
    yield from _one_text(text, after_pre=after_pre)


def _one_text(text: list[str], *, after_pre: bool) -> Iterator[Token]:
    written = unicodedata.normalize("NFC", "".join(text))
    if after_pre:
        # A parser drops the first line end inside <pre>, so each further pass would eat another.
        written = written.lstrip("\n")
    if written:
        yield {"type": "Characters", "data": written}


def _checked_links(source: Iterable[Token]) -> Iterator[Token]:
    """Pass links on once they end, so that their text is known; links inside links are dropped."""
    opened: Token | None = None
    inside: list[Token] = []
    depth = 0
    for token in source:
        is_link = token.get("name") == "a"
        if is_link and token["type"] == "StartTag":
            depth += 1
            opened = opened or token
        elif is_link and token["type"] == "EndTag":
            depth -= 1
            if depth == 0 and opened is not None:
                yield from _link(opened, inside)
                opened, inside = None, []
        elif opened is None:
            yield token
        else:
            inside.append(token)
    yield from inside


def _link(opened: Token, inside: list[Token]) -> Iterator[Token]:
    shown = "".join(token["data"] for token in inside if token["type"] == "Characters")
    written = cast("str", opened["data"].get(_HREF, ""))
    address = safe_address(_unescaped(written))
    if address is None or not shown.strip():
        yield from inside
        return
    yield {"type": "StartTag", "name": "a", "data": {_HREF: escape(address.href)}}
    yield from inside
    real = real_host_if_disguised(shown, address)
    if real:
        yield {"type": "Characters", "data": f" ({real})"}
    yield {"type": "EndTag", "name": "a"}


def _unescaped(value: str) -> str:
    for name, character in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("#39", "'"), ("amp", "&")):
        value = value.replace(f"&{name};", character)
    return value


class _Linkify(LinkifyFilter):
    """bleach's linkifier for text whose references are already characters."""

    def extract_entities(self, token: Token) -> Iterator[Token]:
        """Leave the text alone: an `&lt;` in it is what the person wrote about, not markup."""
        yield token


def _linked(source: list[Token]) -> Iterable[Token]:
    links = sum(1 for token in source if token["type"] == "StartTag" and token["name"] == "a")
    return cast(
        "Iterable[Token]",
        _Linkify(
            cast("Any", source),
            callbacks=cast("Any", [partial(_new_link, _Left(MOST_LINKS - links))]),
            skip_tags={"pre", "code"},
            parse_email=True,
            url_re=BARE,
            email_re=MAIL,
        ),
    )


class _Left:
    """How many links may still be made."""

    def __init__(self, number: int) -> None:
        self.number = number


def _new_link(left: _Left, attributes: dict[Any, str], new: bool = False) -> dict[Any, str] | None:  # noqa: FBT001, FBT002 - bleach calls it so
    if not new:
        return attributes
    shown = attributes["_text"]
    written = attributes[_HREF]
    if written == f"http://{shown}":
        written = f"https://{shown}"
    address = safe_address(written)
    if address is None or left.number <= 0:
        return None
    left.number -= 1
    real = real_host_if_disguised(shown, address)
    return {_HREF: escape(address.href), "_text": f"{shown} ({real})" if real else shown}
