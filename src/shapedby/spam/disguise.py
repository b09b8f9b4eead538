"""What spammers do to a text so that a filter does not recognise it; for training and for measuring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"})
_LOOKALIKE = str.maketrans("aeopcyxiAEOPCXBHKMTabe", "аеорсухіАЕОРСХВНКМТаье"[:22])
_BOLD = {65 + i: chr(0x1D5D4 + i) for i in range(26)} | {97 + i: chr(0x1D5EE + i) for i in range(26)}
MOST = 0.6
"""How many of a word's letters are exchanged."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]{4,}")


def _words(text: str, chance: Random, change: Callable[[str], str], share: float) -> str:
    """Change some of the longer words, never those of a link."""
    pieces = re.split(r"((?:https?://|www\.)\S+)", text)
    for i in range(0, len(pieces), 2):
        pieces[i] = _WORD.sub(lambda m: change(m[0]) if chance.random() < share else m[0], pieces[i])
    return "".join(pieces)


def leet(text: str, chance: Random) -> str:
    """Write v14gr4 for viagra."""
    return _words(text, chance, lambda w: w.translate(_LEET), 0.5)


def lookalikes(text: str, chance: Random) -> str:
    """Write Latin words with Cyrillic letters."""

    def imitate(word: str) -> str:
        return "".join(c.translate(_LOOKALIKE) if chance.random() < MOST else c for c in word)

    return _words(text, chance, imitate, 0.7)


def zero_width(text: str, chance: Random) -> str:
    """Put what cannot be seen between letters."""
    return _words(text, chance, lambda w: chance.choice("\u200b\u200c\u2060\u00ad").join(w), 0.6)


def spaced(text: str, chance: Random) -> str:
    """Write c a s i n o."""
    between = chance.choice([" ", ".", "-", "*", "_"])
    return _words(text, chance, between.join, 0.3)


def fancy(text: str, chance: Random) -> str:
    """Write in mathematical bold letters."""
    return _words(text, chance, lambda w: w.translate(_BOLD), 0.7)


def shortened(text: str, chance: Random) -> str:
    """Hide where links lead, behind a shortener."""
    code = "".join(chance.choices("abcdefghkmnpqrstuvwxyzABCDEFGH23456789", k=7))
    short = f"https://{chance.choice(['bit.ly', 'tinyurl.com', 'cutt.ly', 't.ly', 'is.gd'])}/{code}"
    return _ADDRESS.sub(short, text) if _ADDRESS.search(text) else f"{text} {short}"


DISGUISES: dict[str, Callable[[str, Random], str]] = {
    "leet": leet,
    "look-alikes": lookalikes,
    "zero-width": zero_width,
    "spaced": spaced,
    "fancy letters": fancy,
    "shortened link": shortened,
}
