"""Every address in a text, found before sanitising: a stripped tag takes its address with it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .addresses import BARE, MAIL, host_in_ascii
from .characters import visible
from .cleaning import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTRIBUTE = re.compile(
    r"\b(?:href|src|srcset|action|formaction|data|poster|background|cite|content)\s{0,20}=\s{0,20}"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))([^<>]*>([^<]{0,300}))?",
    re.IGNORECASE,
)
_BBCODE = re.compile(
    r"\[(?:url|link|img|email)(?:=\s?[\"']?([^\]\s\"']{1,600})[\"']?)?\s?\]([^\[\]]{0,600})(?:\[/)?",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"\[([^\[\]]{0,300})\](?:\(\s{0,20}<?|:\s{1,20}<?)([^\s()<>]{1,2000})")
_DISGUISES = (
    (re.compile(r"\bhxxp(s?)(?=:)", re.IGNORECASE), r"http\1"),
    (re.compile(r"\s?(?:\[\.\]|\(\.\)|\{\.\}|[\[({](?:dot|punto)[\])}])\s?", re.IGNORECASE), "."),
    (
        re.compile(r"(?<=\w)\s(?:dot|punto)\s(?=(?:com|net|org|info|co|ru|xyz|top|online|es|uk)\b)", re.IGNORECASE),
        ".",
    ),
    (re.compile(r"(?<=://)\s{1,3}(?=\w)"), ""),
)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):/{0,3}(?:[^\s/?#@]{0,200}@)?([^\s/?#:\\]{0,253})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as it was written, its host in lower case (empty where it has none), and its text."""

    address: str
    host: str
    shown: str


def links(source: str, *, format: Format = Format.MARKDOWN) -> tuple[Link, ...]:  # noqa: A002 - the word people use
    """Return the addresses in `source` in order, each pair of address and shown text once.

    They come from attributes of any tag (allowed or not), Markdown, BBCode, and bare addresses, also
    those written hxxp:// or example[.]com. Bare mail addresses are not here but in `contacts`.
    """
    text = visible(html.unescape(source))
    if format is Format.HTML:
        # A browser joins what a comment takes apart.
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for disguise, meant in _DISGUISES:
        text = disguise.sub(meant, text)
    found = sorted(_found(text), key=lambda place_and_link: place_and_link[0])
    return tuple(dict.fromkeys(link for _, link in found))


def _found(text: str) -> Iterator[tuple[int, Link]]:
    taken: list[tuple[int, int]] = []
    for pattern, address_groups, shown_group in (
        (_ATTRIBUTE, (1, 2, 3), 5),
        (_BBCODE, (1, 2), 2),
        (_MARKDOWN, (2,), 1),
    ):
        for match in pattern.finditer(text):
            group = next((number for number in address_groups if match[number]), None)
            if group is None or not _is_address(match[group], anywhere=pattern is _ATTRIBUTE):
                continue
            taken.append(match.span(group))
            shown = " ".join((match[shown_group] or "").split()) or match[group]
            yield match.start(), Link(match[group].strip(), _host(match[group]), shown)
    covered = _covered(text, taken)
    for match in BARE.finditer(MAIL.sub(lambda mail: " " * len(mail[0]), text)):
        if not covered[match.start()]:
            address = match[0].rstrip(".,;:!?)'*_~")
            yield match.start(), Link(address, _host(address), address)


def _covered(text: str, taken: list[tuple[int, int]]) -> bytearray:
    covered = bytearray(len(text) + 1)
    for start, end in taken:
        covered[start:end] = b"\x01" * (end - start)
    return covered


def _is_address(value: str, *, anywhere: bool) -> bool:
    """Tell an address from a note in brackets (`[1](see below)`) and from a place on the same page."""
    written = value.strip()
    if not written or written.startswith("#"):
        return False
    return anywhere or bool(BARE.match(written) or _SCHEME.match(written) or written.startswith(("/", "www.")))


def _host(address: str) -> str:
    written = re.sub(r"[\x00-\x20]", "", address)
    mail = MAIL.fullmatch(written.lower().removeprefix("mailto:").partition("?")[0])
    if mail:
        return mail[0].rpartition("@")[2]
    if written.startswith("//"):
        written = f"https:{written}"
    elif not _SCHEME.match(written) or re.match(r"[\w.-]+\.[a-z]{2,24}:[0-9]", written):
        written = f"https://{written}" if BARE.match(written) else ""
    match = _SCHEME.match(written)
    if match is None or "." not in match[2]:
        return ""
    return host_in_ascii(match[2].rstrip(".,;!?)")) or match[2].lower()
