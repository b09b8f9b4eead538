"""The local head: what this council's moderators decided, as a small table that adds to the shipped model's log-odds.

It sees the hashed tokens that the shipped model sees, folded into fewer places, each token of a text once. What it
adds is a sum over tokens, so that the explanation of a score stays a sum. It fits one shipped model and no other.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.tokens import Tokens

FORMAT = "shapedby-head-1"
FOLDS = {"chars": 16, "words": 15, "links": 14, "features": 10}
"""Each block of tokens is folded into two to the power of so many places, one block after another."""
STRENGTH = {"chars": 1.0, "words": 0.4, "links": 0.5, "features": 0.3}
STARTS = {"chars": 0, "words": 1 << 16, "links": (1 << 16) + (1 << 15), "features": (1 << 16) + (1 << 15) + (1 << 14)}
PLACES = STARTS["features"] + (1 << FOLDS["features"])


class HeadBroken(Exception):  # noqa: N818  the name that its callers know
    """A head is cut short, changed, or made for other weights; the message says which."""


@dataclass(frozen=True)
class Head:
    """Weights by folded place, what an empty text gets, and the hash of the shipped weights it adds to."""

    table: NDArray[np.float32]
    start: float
    base: str
    digest: str = ""


@dataclass(frozen=True)
class Added:
    """What a head adds to the log-odds of one text: by token in the order of ``Tokens``, and in all."""

    chars: NDArray[np.float64]
    words: NDArray[np.float64]
    links: list[float]
    features: list[float]
    start: float

    @property
    def total(self) -> float:
        """The sum of all parts."""
        return float(self.chars.sum() + self.words.sum()) + sum(self.links) + sum(self.features) + self.start


def folded(places: Any, block: str) -> NDArray[np.int64]:  # noqa: ANN401  a list or an array of whole numbers
    """Return where a head keeps tokens of a block."""
    import numpy as np

    return (np.asarray(places, dtype=np.int64) & ((1 << FOLDS[block]) - 1)) + STARTS[block]


def places_of(tokens: Tokens) -> NDArray[np.int64]:
    """Return the folded places of a text, each once, in order: all that a head ever knows of it."""
    import numpy as np

    links = [place for _, found in tokens.links for place in found]
    blocks = {"chars": tokens.chars, "words": tokens.words, "links": links, "features": [p for _, p in tokens.features]}
    return np.unique(np.concatenate([folded(places, block) for block, places in blocks.items()]))


def values_of(places: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how much each place of a text counts: the more of a kind there are, the less each."""
    import numpy as np

    values = np.zeros(len(places))
    for block, start in STARTS.items():
        of_block = (places >= start) & (places < start + (1 << FOLDS[block]))
        unit = 1.0 if block == "features" else float(max(1, of_block.sum())) ** 0.5
        values[of_block] = STRENGTH[block] / unit
    return values


def add(head: Head, tokens: Tokens) -> Added:
    """Return what a head adds to the score of a text."""
    ends = [len(found) for _, found in tokens.links]
    links = _shared(head, [place for _, found in tokens.links for place in found], "links")
    by_link = [float(links[sum(ends[:i]) : sum(ends[: i + 1])].sum()) for i in range(len(ends))]
    features = _shared(head, [place for _, place in tokens.features], "features")
    return Added(
        _shared(head, tokens.chars, "chars"),
        _shared(head, tokens.words, "words"),
        by_link,
        [float(value) for value in features],
        head.start,
    )


def _shared(head: Head, places: Any, block: str) -> NDArray[np.float64]:  # noqa: ANN401  a list or an array
    """Return what each token adds, a place's weight shared out among its tokens."""
    import numpy as np

    found = folded(places, block)
    if not len(found):
        return np.zeros(0)
    unique, which, counts = np.unique(found, return_inverse=True, return_counts=True)
    return head.table[found].astype(np.float64) / counts[which] * values_of(unique)[which]


def pack(head: Head) -> bytes:
    """Return a head as bytes: a line of JSON with the hash of what follows, then its places and weights."""
    import numpy as np

    used = np.flatnonzero(head.table).astype("<u4")
    packed = zlib.compress(used.tobytes() + head.table[used].astype("<f2").tobytes(), 9)
    first = {"format": FORMAT, "base": head.base, "start": head.start, "places": len(used)}
    first["sha256"] = hashlib.sha256(json.dumps(first).encode() + packed).hexdigest()
    return json.dumps(first).encode() + b"\n" + packed


def unpack(content: bytes, base: str) -> Head:
    """Read a head for the shipped weights whose hash is ``base``; raise HeadBroken rather than guess."""
    import numpy as np

    try:
        line, _, packed = content.partition(b"\n")
        first = cast("dict[str, Any]", json.loads(line))
        told = first.pop("sha256")
        if told != hashlib.sha256(json.dumps(first).encode() + packed).hexdigest() or first["format"] != FORMAT:
            raise HeadBroken("the head does not match its hash")
        if first["base"] != base:
            raise HeadBroken("the head was made for other weights")
        plain, size = zlib.decompress(packed), int(first["places"])
        used = np.frombuffer(plain, "<u4", size)
        table = np.zeros(PLACES, np.float32)
        table[used] = np.frombuffer(plain, "<f2", size, 4 * size).astype(np.float32)
        return Head(table, float(first["start"]), base, hashlib.sha256(content).hexdigest())
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        message = f"the head cannot be understood: {type(error).__name__}"
        raise HeadBroken(message) from error
