"""Train the model: a linear SVM on hashed tokens, then its calibration and its threshold."""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from shapedby.spam.artefact import Model, load, save, squeeze, stretch
from shapedby.spam.augment import TALK, Example, augment, written
from shapedby.spam.margins import FACTORS, margins
from shapedby.spam.replay import beside, choose
from shapedby.spam.score import chance_of
from shapedby.spam.tokens import BITS, tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.tokens import Tokens

SEED = 20_240_517
FOLDS = 3
FALSE_POSITIVES = 0.003
"""The share of what residents write that may be held; a council sees little of the chatter in other collections."""
COST = 0.15
"""Small, so that many tokens share the weight: what few strong tokens know of one collection misleads on the next."""
BESIDE = 1.3
"""Links and features count more than the whole text, since its worst passage, which counts too, does not see them."""
WINDOW, LENGTH = 0.5, -0.45
"""What the worst passage and the log of the number of passages count, where the whole text counts one.

Chosen on sources left out of training altogether: a long text has many passages, and one of them looks bad by chance.
Fitted to texts of collections that were learned from, they would be near nought, and long texts from elsewhere held.
"""
RARE = {"decidim_blocked_accounts": 2.0, "us_wtp_petitions": 2.0, "gambling_id": 0.7, "telegram_ru": 0.7}
"""Sources that count more because they are few and like what a council gets, or less for the opposite."""


@dataclass(frozen=True)
class Report:
    """What a training run did: numbers of texts, the threshold, and the file."""

    real: int
    changed: int
    written: int
    threshold: float
    recall: float
    size: int
    digest: str


def read(path: Path) -> list[Example]:
    """Read labelled JSON lines: text, label (1 is spam), source and lang where known."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return [Example(r["text"], bool(r["label"]), r.get("source", ""), r.get("lang", "")) for r in rows]


def _say_nothing(_done: int, _of: int) -> None:
    """Report progress to nobody."""


def train(
    train_path: Path, out_path: Path, progress: Callable[[int, int], None] = _say_nothing, *, leave: Sequence[str] = ()
) -> Report:
    """Train on labelled JSON lines and write the weights; deterministic.

    ``progress(done, of)`` is called after each step; sources named in ``leave`` are not learned from.
    """
    real = [e for e in read(train_path) if e.source not in set(leave)]
    found = fit(real, progress)
    save(found.model, out_path)
    digest = load(out_path).digest
    choose(found.seen, digest, beside(out_path))
    size = out_path.stat().st_size
    return Report(len(real), found.changed, found.written, found.model.threshold, found.recall, size, digest)


@dataclass(frozen=True)
class Fitted:
    """A model, how many texts were changed copies and how many our own, and its recall in training.

    ``seen`` are the texts with the log-odds of models that had not learned from them.
    """

    model: Model
    changed: int
    written: int
    recall: float
    seen: list[tuple[Example, float]]


def fit(
    real: Sequence[Example],
    progress: Callable[[int, int], None] = _say_nothing,
    *,
    ours: Sequence[Example] | None = None,
) -> Fitted:
    """Return a model; ``ours`` replaces the texts written for this project."""
    steps = FOLDS + 3
    parts = [[e for e in real if zlib.crc32(e.text.encode()) % FOLDS == fold] for fold in range(FOLDS)]
    ours = written(SEED) if ours is None else ours
    copies = [augment(part, SEED + fold) for fold, part in enumerate(parts)]
    own = [*ours, *augment(ours, SEED + FOLDS)]
    sets = [(part + made, [tokenise(e.text) for e in part + made]) for part, made in zip(parts, copies, strict=True)]
    own_tokens = [tokenise(e.text) for e in own]
    progress(1, steps)
    seen = list[tuple[Example, float, float, float]]()
    for fold in range(FOLDS):
        others = [s for i, s in enumerate(sets) if i != fold]
        examples = [e for s in others for e in s[0]] + own
        tables, bias = _linear(examples, [t for s in others for t in s[1]] + own_tokens)
        seen += _margins(tables, bias, *sets[fold])
        progress(2 + fold, steps)
    tables, bias = _linear([e for s in sets for e in s[0]] + own, [t for s in sets for t in s[1]] + own_tokens)
    progress(FOLDS + 2, steps)
    model, recall, totals = _calibrate({b: stretch(*squeeze(t)) for b, t in tables.items()}, bias, seen)
    progress(steps, steps)
    judged = [(row[0], float(total)) for row, total in zip(seen, totals, strict=True)]
    return Fitted(model, sum(map(len, copies)), len(own), recall, judged)


def _margins(
    tables: dict[str, NDArray[np.float32]], bias: float, examples: Sequence[Example], tokens: Sequence[Tokens]
) -> list[tuple[Example, float, float, float]]:
    """Return for texts never learned from: margin of the whole, of the worst passage, log of passages."""
    found = list[tuple[Example, float, float, float]]()
    for example, token in zip(examples, tokens, strict=True):
        m = margins(tables, bias, token)
        found.append((example, m.whole, m.worst, math.log(m.passages)))
    return found


def _linear(examples: Sequence[Example], tokens: Sequence[Tokens]) -> tuple[dict[str, NDArray[np.float32]], float]:
    """Fit the SVM and fold the rarity of each token into its weight."""
    import numpy as np
    from scipy import sparse
    from sklearn.svm import LinearSVC

    labels = np.asarray([e.spam for e in examples])
    matrices, scales = [], []
    for block in BITS:
        matrix = block_matrix(block, tokens)
        scale = np.ones(matrix.shape[1]) if block in {"links", "features"} else _telling(matrix, labels)
        scales.append((scale * FACTORS[block]).astype(np.float32))
        matrices.append(matrix.multiply(scales[-1]).tocsr().astype(np.float32))
    svm = LinearSVC(C=COST, random_state=0, tol=1e-2, max_iter=300)
    svm.fit(sparse.hstack(matrices).tocsr(), labels, sample_weight=np.asarray([weight_of(e) for e in examples]))
    learned, tables, at = cast("Any", svm.coef_)[0], dict[str, "NDArray[np.float32]"](), 0
    for (block, bits), scale in zip(BITS.items(), scales, strict=True):
        tables[block] = (learned[at : at + (1 << bits)] * scale).astype(np.float32)
        at += 1 << bits
    for block in ("links", "features"):
        tables[block] = tables[block] * np.float32(BESIDE)
    return tables, float(cast("Any", svm.intercept_)[0])


def _telling(matrix: Any, labels: NDArray[np.bool_]) -> NDArray[np.float64]:  # noqa: ANN401  scipy has no types
    """Return for each place how rare its token is, and how unlike its shares of spam and of the rest are.

    The second is the log-count ratio of Wang and Manning, "Baselines and Bigrams" (2012), by half.
    """
    import numpy as np

    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    in_spam = np.bincount(matrix[labels].indices, minlength=matrix.shape[1]) + 1.0
    elsewhere = seen - in_spam + 2.0
    ratio = np.abs(np.log((in_spam / in_spam.sum()) / (elsewhere / elsewhere.sum())))
    return (np.log((1 + len(labels)) / (1 + seen)) + 1) / 5 * (0.5 + 0.5 * ratio)


def weight_of(example: Example) -> float:
    """Say how much a text counts in training: changed copies less than what people really wrote."""
    return RARE.get(example.source, 1.0) * (0.8 if example.made and example.source != "written" else 1.0)


def block_matrix(block: str, tokens: Sequence[Tokens]) -> Any:  # noqa: ANN401  scipy has no types
    """Return a sparse matrix (texts by places) in which each token of a text counts once."""
    import numpy as np
    from scipy import sparse

    rows, values, ends = [], [], [0]
    for token in tokens:
        if block == "links":
            places = np.asarray([p for _, found in token.links for p in found], dtype=np.int64)
        elif block == "features":
            places = np.asarray([p for _, p in token.features], dtype=np.int64)
        else:
            places = np.unique(np.asarray(getattr(token, block), dtype=np.int64))
        unit = 1.0 if block == "features" else len(token.links) if block == "links" else len(places)
        rows.append(places.astype(np.int32))
        values.append(np.full(len(places), 1.0 / math.sqrt(max(unit, 1)), dtype=np.float32))
        ends.append(ends[-1] + len(places))
    matrix = sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(rows), np.asarray(ends)), shape=(len(tokens), 1 << BITS[block])
    )
    matrix.sum_duplicates()
    return matrix


def _calibrate(
    tables: dict[str, NDArray[np.float32]], bias: float, seen: list[tuple[Example, float, float, float]]
) -> tuple[Model, float, NDArray[np.float64]]:
    """Turn the margins of texts never learned from into log-odds, and choose the threshold."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    labels = np.asarray([row[0].spam for row in seen])
    real = np.asarray([not row[0].made for row in seen])
    mixed = np.asarray([row[1:] for row in seen]) @ np.asarray([1.0, WINDOW, LENGTH])
    platt = LogisticRegression(C=1e4).fit(mixed[real, None], labels[real])
    # Rounded: how many threads add up the numbers changes their last digits, and with them the file's hash.
    slope, start = (
        round(float(found), 6) for found in (cast("Any", platt.coef_)[0][0], cast("Any", platt.intercept_)[0])
    )
    totals = mixed * slope + start
    talk = real & ~labels & np.asarray([row[0].source in TALK for row in seen])
    legitimate = np.sort(totals[talk if talk.any() else real & ~labels])[::-1]
    least = float(legitimate[int(FALSE_POSITIVES * len(legitimate))]) + 1e-6
    recall = float((totals[real & labels] >= least).mean())
    model = Model(tables, bias, slope, WINDOW * slope, LENGTH * slope, start, round(chance_of(least), 6))
    return model, recall, totals
