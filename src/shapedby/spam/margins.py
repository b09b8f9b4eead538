"""How far a text stands on the side of spam: as a whole, and in its worst passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.tokens import Tokens

PASSAGE = 240
"""Characters in a passage."""
STRIDE = 60
"""Characters from one passage to the next."""
FEW = {"chars": 100, "words": 25}
"""Fewer tokens than this say less, each, than training believes: a title of three words proves little."""

FACTORS = {"chars": 1.0, "words": 0.7, "links": 0.3, "features": 0.07}
"""How strongly each block enters the model before training weighs its tokens."""


@dataclass(frozen=True)
class Margins:
    """The parts of a text's margin.

    ``chars`` and ``words``: the weight of each token, in the order of ``Tokens``, with ``char_unit``
    and ``word_unit`` the factors that make them a part of ``whole``. ``first`` and ``last`` bound the
    worst passage in the plain text, whose factors are ``passage_char_unit`` and ``passage_word_unit``.
    """

    whole: float
    worst: float
    passages: int
    first: int
    last: int
    chars: NDArray[np.float32]
    words: NDArray[np.float32]
    char_unit: float
    word_unit: float
    passage_char_unit: float
    passage_word_unit: float
    links: list[float]
    features: list[float]


def margins(tables: dict[str, NDArray[np.float32]], bias: float, tokens: Tokens) -> Margins:
    """Return the margins of a text under tables of weights."""
    import numpy as np

    places = np.asarray(tokens.words, dtype=np.int64)
    chars, words = _once(tables["chars"], tokens.chars), _once(tables["words"], places)
    char_unit, word_unit = _unit(len(np.unique(tokens.chars)), "chars"), _unit(len(set(tokens.words)), "words")
    share = 1.0 / max(1, len(tokens.links)) ** 0.5
    links = [float(tables["links"][found].sum()) * share for _, found in tokens.links]
    features = [float(tables["features"][found]) for _, found in tokens.features]
    whole = float(chars.sum()) * char_unit + float(words.sum()) * word_unit + sum(links) + sum(features) + bias
    size = len(tokens.normal.text)
    starts = np.asarray([first for first, _ in tokens.word_at], dtype=np.int64)
    if size <= PASSAGE:
        worst = float(chars.sum()) * char_unit + float(words.sum()) * word_unit
        return Margins(
            whole, worst, 1, 0, size, chars, words, char_unit, word_unit, char_unit, word_unit, links, features
        )
    edges = np.arange(0, size - PASSAGE + STRIDE, STRIDE)
    ends = np.minimum(edges + PASSAGE, size)
    c, nc = _between(tokens.char_at, tables["chars"][tokens.chars], size, edges, ends)
    w, nw = _between(starts, tables["words"][places], size, edges, ends)
    scores = c / np.sqrt(np.maximum(nc, FEW["chars"])) + w / np.sqrt(np.maximum(nw, FEW["words"]))
    best = int(np.argmax(scores))
    return Margins(
        whole, float(scores[best]), len(edges), int(edges[best]), int(ends[best]), chars, words, char_unit, word_unit,
        _unit(int(nc[best]), "chars"), _unit(int(nw[best]), "words"), links, features,
    )  # fmt: skip


def _unit(count: int, block: str) -> float:
    return 1.0 / float(max(count, FEW[block])) ** 0.5


def _once(table: NDArray[np.float32], places: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return each token's weight, shared out among its repetitions: a word counts once, however often."""
    import numpy as np

    if not len(places):
        return np.zeros(0, np.float32)
    _, which, counts = np.unique(places, return_inverse=True, return_counts=True)
    return (table[places] / counts[which]).astype(np.float32)


def _between(
    at: NDArray[np.int64], weights: NDArray[np.float32], size: int, edges: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the sum of weights, and their number, that start within each passage."""
    import numpy as np

    at = np.minimum(at, size - 1)
    total = np.concatenate(([0.0], np.cumsum(np.bincount(at, weights=weights, minlength=size))))
    count = np.concatenate(([0.0], np.cumsum(np.bincount(at, minlength=size))))
    return total[ends] - total[edges], count[ends] - count[edges]
