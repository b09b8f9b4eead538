"""Turn a plain text into hashed tokens, each with the place it came from.

Four blocks, each hashed into its own table so that no vocabulary exists anywhere: character
n-grams within words, words and pairs of words, what links are made of, and features made by hand.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from shapedby.spam.alphabets import PLACEHOLDER
from shapedby.spam.features import features
from shapedby.spam.normalise import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.links import Link
    from shapedby.spam.normalise import Normal

BITS = {"chars": 19, "words": 17, "links": 14, "features": 10}
"""Each table has two to the power of so many places."""

_RUN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|@|[!?]+|[^\w\s.,;:()\"'/-]")
_DIGITS = dict.fromkeys(range(48, 58), 48)
_QUIET = _DIGITS | {ord(c): 32 for c in ".,;:()[]{}\"'`/\\-_*“”‘’«»–—…"}
"""For letters within words: digits are alike, and how somebody punctuates says nothing."""
_PIECES = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True)
class Tokens:
    """The hashed tokens of one text.

    ``chars``: places in the character table, ``char_at``: the plain text's character each starts at.
    ``words``: places in the word table, ``word_at``: (first, after last) characters.
    ``links``: for each link its places. ``features``: (name, place).
    """

    normal: Normal
    chars: NDArray[np.uint32]
    char_at: NDArray[np.int64]
    words: list[int]
    word_at: list[tuple[int, int]]
    links: list[tuple[Link, list[int]]]
    features: list[tuple[str, int]]


def place(token: str, block: str) -> int:
    """Hash a token into its block's table."""
    return (zlib.crc32(token.encode("utf-8", "replace")) * 0x9E3779B1 >> 7) & ((1 << BITS[block]) - 1)


def tokenise(text: str) -> Tokens:
    """Return the hashed tokens of a raw text."""
    normal = normalise(text)
    chars, char_at = _chars(normal.text.translate(_QUIET))
    words, word_at = _words(normal.text)
    return Tokens(
        normal, chars, char_at, words, word_at,
        [(link, _link(link)) for link in normal.links],
        [(name, place(f"{name}={step}", "features")) for name, step in features(normal)],
    )  # fmt: skip


def _chars(text: str) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Hash the 2- to 5-grams of every word, its edges included, all at once."""
    import numpy as np

    codes = np.frombuffer(f" {text} ".replace(PLACEHOLDER, " ").encode("utf-32-le", "replace"), dtype=np.uint32)
    codes = codes.astype(np.uint64)
    blank = codes == ord(" ")
    blanks = np.cumsum(blank)
    hashed, places, starts = codes, [], []
    for n in range(2, 6):
        if len(codes) < n:
            break
        hashed = hashed[:-1] * np.uint64(0x100000001B3) + codes[n - 1 :]
        inner = blanks[n - 2 : len(codes) - 1] - blanks[: len(codes) - n + 1]
        at = np.flatnonzero((inner[: len(hashed)] == 0) & ~(blank[: len(hashed)] & blank[n - 1 :]))
        places.append(hashed[at] * np.uint64(0x9E3779B97F4A7C15) + np.uint64(n * 0x632BE5AB))
        starts.append(at)
    if not places:
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)
    mixed = np.concatenate(places) * np.uint64(0xD6E8FEB86659FD93) >> np.uint64(64 - BITS["chars"])
    return mixed.astype(np.uint32), np.maximum(np.concatenate(starts) - 1, 0)


def _words(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Hash words, runs of signs, and pairs of neighbours."""
    found = [(m[0].translate(_DIGITS), m.start(), m.end()) for m in _RUN.finditer(text)]
    places = [place(word, "words") for word, _, _ in found]
    spans = [(start, end) for _, start, end in found]
    pairs = pairwise(found)
    for (a, start, _), (b, _, end) in pairs:
        places.append(place(f"{a} {b}", "words"))
        spans.append((start, end))
    return places, spans


def _link(link: Link) -> list[int]:
    """Hash what a link is made of: words and letters of its host, its suffix, the words of its path."""
    name = link.host.removesuffix(f".{link.suffix}")
    parts = [f"host:{part}" for part in _PIECES.findall(name)]
    joined = f"^{name}$"
    parts += [f"in:{joined[i : i + n]}" for n in (4, 5) for i in range(len(joined) - n + 1)][:80]
    parts += [f"end:{link.suffix}", f"labels:{min(link.host.count('.'), 3)}"]
    parts += [f"digits:{any(c.isdigit() for c in name)}", f"hyphens:{min(name.count('-'), 3)}"]
    parts += [f"path:{part}" for part in _PIECES.findall(link.rest)[:20]]
    return [place(part, "links") for part in dict.fromkeys(parts)]
