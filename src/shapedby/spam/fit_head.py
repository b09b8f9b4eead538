"""Fit the local head to a council's decisions, and judge whether it may be used."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from shapedby.spam.head import PLACES, Head, places_of, values_of
from shapedby.spam.score import score
from shapedby.spam.tokens import tokenise
from shapedby.spam.trust import LEAST, capped, disbelieved, held_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.artefact import Model
    from shapedby.spam.replay import Replay
    from shapedby.spam.trust import Label

RIDGE = 0.05
"""How dear it is to move far from the shipped model."""
COUNTS = 100.0
"""How many shipped texts one decision counts as."""
START = -0.8
"""What a head takes off every text: beside its campaign it lifts texts of residents that are near the threshold."""
WITHIN = 0.01
"""A point: so much worse a check may come out by chance."""
LEAST_RIGHT = 0.6
"""A head that is wrong about more of the council's own decisions is never used."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured before and with a head; shares are between 0 and 1, -1 where nothing could be measured."""

    decisions: int
    set_aside: int
    checked: int
    right_before: float
    right: float
    civic_held_before: float
    civic_held: float
    spam_held_before: float
    spam_held: float


@dataclass(frozen=True)
class Learned:
    """A head with its figures; ``refused`` says why it may not be used, and is empty where it may."""

    head: Head
    figures: Figures
    refused: str
    moderators: dict[int, str]

    def shown(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self.figures) | {"moderators": {str(number): why for number, why in self.moderators.items()}}


@dataclass(frozen=True)
class _Set:
    """Texts as a head sees them."""

    places: list[NDArray[np.int64]]
    totals: NDArray[np.float64]
    spam: NDArray[np.bool_]

    def with_head(self, head: Head) -> NDArray[np.float64]:
        """Return the log-odds with a head."""
        import numpy as np

        added = [float(head.table[p].astype(np.float64) @ values_of(p)) + head.start for p in self.places]
        return self.totals + np.asarray(added, dtype=np.float64)

    def only(self, which: NDArray[np.bool_]) -> _Set:
        """Return some of the texts."""
        places = [p for p, chosen in zip(self.places, which, strict=True) if chosen]
        return _Set(places, self.totals[which], self.spam[which])


def learn(model: Model, replay: Replay, labels: Sequence[Label]) -> Learned:
    """Fit a head to decisions and check it on those it did not see, and on shipped texts; deterministic."""
    import numpy as np

    shipped = _Set(replay.places, replay.totals, replay.spam)
    check = shipped.only(replay.checked)
    totals = [score(model, label.text).total for label in labels]
    wrong = disbelieved(labels, totals, list(check.totals[~check.spam]), list(check.totals[check.spam]))
    believed = capped([label for label in labels if label.moderator not in wrong])
    mine = _set(model, believed)
    apart = np.asarray([held_out(label) for label in believed], dtype=bool)
    again = shipped.only(~replay.checked)
    trial = fit(again, mine.only(~apart), model.digest)
    final = fit(again, mine, model.digest)
    least = math.log(model.threshold / (1 - model.threshold))
    unseen = mine.only(apart)
    figures = Figures(
        decisions=len(believed),
        set_aside=len(labels) - len(believed),
        checked=len(unseen.places),
        right_before=_right(unseen.totals, unseen.spam, least),
        right=_right(unseen.with_head(trial), unseen.spam, least),
        civic_held_before=_held(check.totals[~check.spam], least),
        civic_held=_held(check.with_head(final)[~check.spam], least),
        spam_held_before=_held(check.totals[check.spam], least),
        spam_held=_held(check.with_head(final)[check.spam], least),
    )
    return Learned(final, figures, why_not(figures), wrong)


def why_not(figures: Figures) -> str:
    """Say why a head with these figures may not be used; empty where it may."""
    if figures.decisions < LEAST:
        return "too few decisions"
    if not figures.checked:
        return "nothing to check it on"
    if figures.right < figures.right_before - WITHIN or figures.right < LEAST_RIGHT:
        return "worse on decisions that it did not learn from"
    if figures.civic_held > figures.civic_held_before + WITHIN:
        return "holds more of what residents write"
    if figures.spam_held < figures.spam_held_before - WITHIN:
        return "misses spam that was caught before"
    return ""


def _set(model: Model, labels: Sequence[Label]) -> _Set:
    import numpy as np

    places = [places_of(tokenise(label.text)) for label in labels]
    totals = np.asarray([score(model, label.text).total for label in labels], dtype=np.float64)
    return _Set(places, totals, np.asarray([label.spam for label in labels], dtype=bool))


def _right(totals: NDArray[np.float64], spam: NDArray[np.bool_], least: float) -> float:
    """Return the share judged rightly, spam and clean weighing the same; -1 without texts."""
    held = totals >= least
    kinds = [float((held[spam == kind] == kind).mean()) for kind in (True, False) if (spam == kind).any()]
    return sum(kinds) / len(kinds) if kinds else -1.0


def _held(totals: NDArray[np.float64], least: float) -> float:
    return float((totals >= least).mean()) if len(totals) else -1.0


def fit(shipped: _Set, mine: _Set, base: str) -> Head:
    """Fit a head: a ridge logistic regression on top of the shipped model's log-odds.

    Only places that occur in the council's texts move; shipped texts that share them hold them back.
    """
    import numpy as np
    from scipy import sparse
    from scipy.optimize import minimize

    table = np.zeros(PLACES, np.float32)
    if not mine.places:
        return Head(table, 0.0, base)
    used = np.unique(np.concatenate(mine.places))
    rows = [*mine.places, *shipped.places]
    inner = [np.isin(row, used, assume_unique=True) for row in rows]
    columns = np.concatenate([np.searchsorted(used, row[which]) for row, which in zip(rows, inner, strict=True)])
    values = np.concatenate([values_of(row)[which] for row, which in zip(rows, inner, strict=True)])
    ends = np.concatenate(([0], np.cumsum([int(which.sum()) for which in inner])))
    matrix = sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(used)))
    offset = np.concatenate((mine.totals, shipped.totals))
    sign = np.where(np.concatenate((mine.spam, shipped.spam)), 1.0, -1.0)
    counts = np.concatenate((np.full(len(mine.places), COUNTS), np.ones(len(shipped.places))))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (offset + matrix @ weights)
        # log(1 + exp(-margin)), and its slope, without overflow.
        each = np.logaddexp(0.0, -margin)
        slope = -sign * counts * np.exp(-np.logaddexp(0.0, margin))
        value = float((counts * each).sum() + 0.5 * RIDGE * (weights @ weights))
        return value, matrix.T @ slope + RIDGE * weights

    found = cast("Any", minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 200}))
    table[used] = found.x.astype(np.float32)
    return Head(table, START, base)
