"""Score one text, and say which words, links and features made the score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from shapedby.spam.head import add
from shapedby.spam.margins import margins
from shapedby.spam.rules import Reason, Score, judge
from shapedby.spam.tokens import tokenise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.artefact import Model
    from shapedby.spam.head import Added, Head
    from shapedby.spam.margins import Margins
    from shapedby.spam.tokens import Tokens

WORDS_SHOWN = 8
"""Passages of words that are named as reasons, at most."""
FEATURES_SHOWN = 4
LEAST = 0.05
"""Log-odds below which a reason is not worth a moderator's time."""


def score(model: Model, text: str, head: Head | None = None) -> Score:
    """Score a raw text (Markdown or HTML source, before any sanitising); any string has a score.

    ``head`` is what this council's moderators taught; what it adds is shared out among the same reasons.
    """
    tokens = tokenise(text)
    parts = margins(model.tables, model.bias, tokens)
    added = add(head, tokens) if head else None
    length = model.length * math.log(parts.passages)
    total = model.whole * parts.whole + model.window * parts.worst + length + model.start
    total += added.total if added else 0.0
    bias = Reason("bias", "", model.whole * model.bias + model.start + (added.start if added else 0.0))
    shown = [
        *_words(tokens, weigh(model, tokens, parts, added)),
        *_links(model, tokens, parts, added),
        *_features(model, tokens, parts, length, added),
    ]
    rest = Reason("rest", "", total - bias.weight - math.fsum(r.weight for r in shown))
    shown.sort(key=lambda r: -abs(r.weight))
    probability = chance_of(total)
    return Score(probability, judge(probability, model.threshold), model.threshold, (*shown, rest, bias), total)


def chance_of(total: float) -> float:
    """Turn log-odds into a probability."""
    if total < 0:
        grown = math.exp(max(total, -700.0))
        return grown / (1.0 + grown)
    return 1.0 / (1.0 + math.exp(-min(total, 700.0)))


def weigh(model: Model, tokens: Tokens, parts: Margins, added: Added | None = None) -> NDArray[np.float64]:
    """Return the log-odds that each character of the plain text carries, by the tokens that start there."""
    import numpy as np

    size = max(1, len(tokens.normal.text))
    at = np.minimum(tokens.char_at, size - 1)
    word_at = np.asarray([first for first, _ in tokens.word_at], dtype=np.int64)
    by_char = np.zeros(size, np.float64)
    by_char += np.bincount(at, weights=parts.chars * (model.whole * parts.char_unit), minlength=size)
    by_char += np.bincount(word_at, weights=parts.words * (model.whole * parts.word_unit), minlength=size)
    if added:
        by_char += np.bincount(at, weights=added.chars, minlength=size)
        by_char += np.bincount(word_at, weights=added.words, minlength=size)
    if parts.passages == 1:
        again_chars, again_words = parts.chars, parts.words
    else:
        again_chars = model.tables["chars"][tokens.chars] * ((at >= parts.first) & (at < parts.last))
        again_words = model.tables["words"][np.asarray(tokens.words, dtype=np.int64)]
        again_words = again_words * ((word_at >= parts.first) & (word_at < parts.last))
    by_char += np.bincount(at, weights=again_chars * (model.window * parts.passage_char_unit), minlength=size)
    by_char += np.bincount(word_at, weights=again_words * (model.window * parts.passage_word_unit), minlength=size)
    return by_char


def _words(tokens: Tokens, by_char: NDArray[np.float64]) -> list[Reason]:
    """Name the words that weigh most, neighbours of one mind as one passage."""
    plain, starts, original = tokens.normal.text, tokens.normal.starts, tokens.normal.original
    weights, first = list[tuple[float, int, int]](), 0
    for word in plain.split(" "):
        last = first + len(word)
        if any(map(str.isalnum, word)):
            weights.append((float(by_char[first:last].sum()), first, last))
        first = last + 1
    merged = list[tuple[float, int, int]]()
    chosen = sorted(sorted(weights, key=lambda w: -abs(w[0]))[: WORDS_SHOWN * 2], key=lambda w: w[1])
    for weight, first, last in chosen:
        if abs(weight) < LEAST:
            continue
        if merged and first - merged[-1][2] <= 1 and (merged[-1][0] > 0) == (weight > 0):
            merged[-1] = (merged[-1][0] + weight, merged[-1][1], last)
        else:
            merged.append((weight, first, last))
    merged = sorted(merged, key=lambda w: -abs(w[0]))[:WORDS_SHOWN]
    spans = [(weight, starts[first], starts[last - 1] + 1) for weight, first, last in merged]
    return [Reason("word", original[start:end], weight, start, end) for weight, start, end in spans]


def _links(model: Model, tokens: Tokens, parts: Margins, added: Added | None) -> list[Reason]:
    more = added.links if added else [0.0] * len(parts.links)
    rows = zip(tokens.links, parts.links, more, strict=True)
    named = [Reason("link", link.host, model.whole * w + extra, link.start, link.end) for (link, _), w, extra in rows]
    return sorted(named, key=lambda r: -abs(r.weight))[:FEATURES_SHOWN]


def _features(model: Model, tokens: Tokens, parts: Margins, length: float, added: Added | None) -> list[Reason]:
    """Name the features that weigh most, one reason for each name."""
    sums = {"length": length} if length else {}
    more = added.features if added else [0.0] * len(parts.features)
    for (name, _), weight, extra in zip(tokens.features, parts.features, more, strict=True):
        sums[name] = sums.get(name, 0.0) + model.whole * weight + extra
    named = [Reason("feature", name, weight) for name, weight in sums.items() if abs(weight) >= LEAST]
    return sorted(named, key=lambda r: -abs(r.weight))[:FEATURES_SHOWN]
