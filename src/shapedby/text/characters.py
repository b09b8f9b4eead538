"""Characters that a reader cannot see, and that make a name or an address look like another."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_EMOJI: Final = "\u203c-\u3299\U0001f000-\U0001faff"
_JOINED_SCRIPTS: Final = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"

_KEPT: Final = (
    # Families and flags are several emoji joined by U+200D; Persian and Indic words need both joiners.
    rf"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
    rf"|(?<=[{_JOINED_SCRIPTS}])[\u200c\u200d](?=[{_JOINED_SCRIPTS}])"
    rf"|(?<=[{_EMOJI}#*0-9\u00a9\u00ae])\ufe0f"
    # England, Scotland and Wales: a black flag followed by letters nobody sees.
    r"|(?<=\U0001f3f4)[\U000e0061-\U000e007a]{3,6}\U000e007f"
)
_UNSEEN: Final = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_UNSEEN_BUT_KEPT = re.compile(f"({_KEPT})|{_UNSEEN}")
_PILED_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_SPACES = re.compile(r"\s+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31}(?:;|(?![a-zA-Z0-9=])))?")
_MARKUP: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def visible(source: str) -> str:
    """Take out what nobody can see: controls, zero-width, direction overrides, piled-up accents.

    Line ends become line feeds, letters are composed (NFC). Joiners stay inside emoji and where a script
    spells with them.
    """
    text = _UNSEEN_BUT_KEPT.sub(lambda match: match[1] or "", _LINE_ENDS.sub("\n", source))
    return _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))


def one_line(source: str) -> str:
    """Make a title or a name of what was typed: one line of plain text, without markup or disguise.

    The answer is text, not HTML: templates escape it.
    """
    text = visible(source)
    for _ in range(5):
        stripped = _TAG.sub("", text)
        if stripped == text:
            break
        text = stripped
    else:
        # Tags inside tags inside tags are no title.
        text = text.replace("<", "").replace(">", "")
    return visible(_SPACES.sub(" ", text)).strip()


def without_references(source: str) -> str:
    """Write every character reference of an HTML source as its character.

    Left are only `&amp; &lt; &gt; &quot; &#39;`, so that what follows sees `e&#120;ample.com` as a
    browser would show it.
    """
    return _REFERENCE.sub(_as_character, source)


def _as_character(match: re.Match[str]) -> str:
    written = match[0]
    named = "" if written.endswith(";") or written.startswith("&#") else ";"
    meant = html.unescape(written + named)
    if meant.endswith(";") and meant.startswith("&"):
        return "&amp;" + written[1:]
    return "".join(_MARKUP.get(character, character) for character in meant)
