"""Measure a model on labelled JSON lines, as they are and as spammers and residents will change them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from shapedby.spam.augment import CIVIC, Example, paste_link, surround
from shapedby.spam.disguise import DISGUISES
from shapedby.spam.figures import Share, Step, calibration_error, recall_share, reliability, share
from shapedby.spam.fit import read
from shapedby.spam.grammar import Writer
from shapedby.spam.score import score

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from shapedby.spam.artefact import Model

LEVELS = (0.001, 0.005, 0.01)
"""Shares of false positives at which recall is given."""
ADVERTS = frozenset({"decidim_blocked_accounts", "escort_ads_es", "escort_ads_train", "youtube_uci"})
"""Sources of advertising comments, profiles and escort copy."""
TALK = CIVIC | {"rude_not_spam"}
"""Sources of what residents write, rudeness included."""


@dataclass(frozen=True)
class Source:
    """What was held of one source's spam and of its legitimate texts, at the model's own threshold."""

    name: str
    recall: Share
    false_positives: Share


@dataclass(frozen=True)
class Stress:
    """What was held of texts changed in one way; ``less`` is the recall lost against the unchanged."""

    name: str
    held: Share
    spam: bool
    less: float = 0.0


@dataclass(frozen=True)
class Report:
    """Everything that ``evaluate`` measures; times in milliseconds for one text on one core."""

    texts: int
    spam: int
    threshold: float
    levels: tuple[Share, ...]
    civic_levels: tuple[Share, ...]
    recall: Share
    false_positives: Share
    held: Share
    calibration: float
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    stresses: tuple[Stress, ...]
    median_ms: float
    slow_ms: float
    weights_bytes: int
    digest: str


def evaluate(model: Model, path: Path, *, weights_bytes: int = 0) -> Report:
    """Measure a model on a file of labelled JSON lines (text, label and, where known, source)."""
    import numpy as np

    examples = read(path)
    scores, times = _scores(model, [e.text for e in examples])
    spam = np.asarray([e.spam for e in examples], dtype=bool)
    held = scores >= model.threshold
    civic = np.asarray([e.source in (ADVERTS if e.spam else TALK) for e in examples], dtype=bool)
    civic = civic if (civic & spam).any() and (civic & ~spam).any() else np.ones(len(examples), bool)
    steps = reliability(scores, spam)
    return Report(
        texts=len(examples),
        spam=int(spam.sum()),
        threshold=model.threshold,
        levels=tuple(recall_share(scores[~spam], scores[spam], level) for level in LEVELS),
        civic_levels=tuple(recall_share(scores[~spam & civic], scores[spam & civic], level) for level in LEVELS),
        recall=share(int((held & spam).sum()), int(spam.sum())),
        false_positives=share(int((held & ~spam).sum()), int((~spam).sum())),
        held=share(int(held.sum()), len(examples)),
        calibration=calibration_error(steps),
        steps=steps,
        sources=_by_source(examples, held),
        stresses=tuple(_stresses(model, examples, civic)),
        median_ms=float(np.quantile(times, 0.5)) * 1000,
        slow_ms=float(np.quantile(times, 0.95)) * 1000,
        weights_bytes=weights_bytes or _size_of_weights(),
        digest=model.digest,
    )


def _size_of_weights() -> int:
    from shapedby.spam.artefact import SHIPPED

    return SHIPPED.stat().st_size if SHIPPED.exists() else 0


def _scores(model: Model, texts: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return probabilities, and the seconds of a core that each took."""
    import numpy as np

    probabilities, times = np.zeros(len(texts)), np.zeros(len(texts))
    for i, text in enumerate(texts):
        started = time.thread_time()
        probabilities[i] = score(model, text).probability
        times[i] = time.thread_time() - started
    return probabilities, times


def _by_source(examples: Sequence[Example], held: NDArray[np.bool_]) -> tuple[Source, ...]:
    found = list[Source]()
    for name in sorted({e.source for e in examples}):
        counts = {(spam, was): 0 for spam in (True, False) for was in (True, False)}
        for e, was in zip(examples, held, strict=True):
            if e.source == name:
                counts[e.spam, bool(was)] += 1
        recall = share(counts[True, True], counts[True, True] + counts[True, False])
        found.append(Source(name, recall, share(counts[False, True], counts[False, True] + counts[False, False])))
    return tuple(found)


def _stresses(model: Model, examples: Sequence[Example], civic: NDArray[np.bool_]) -> list[Stress]:
    """Measure changed texts: the clean with a link or very long, the spam wrapped and disguised."""
    chance = Random(20_250_301)  # noqa: S311  repeatable, and another than training's
    writer = Writer(chance, "civic_en", "spam_en")
    chosen = [e for e, is_civic in zip(examples, civic, strict=True) if is_civic]
    clean = [e.text for e in chosen if not e.spam and (e.source in CIVIC or not e.source)][:1500]
    spam = [e.text for e in chosen if e.spam][:600]
    if not clean or not spam:
        return []
    base = _held(model, spam)

    def changed(name: str, texts: Sequence[str], *, is_spam: bool) -> Stress:
        held = _held(model, texts)
        return Stress(name, held, is_spam, base.value - held.value if is_spam else 0.0)

    found = [
        changed("clean, with one ordinary link", [paste_link(t, writer, selling=False) for t in clean], is_spam=False),
        changed(
            "clean, long (eight texts in one)",
            [" ".join(chance.choices(clean, k=8)) for _ in clean[:500]],
            is_spam=False,
        ),
        changed("spam, unchanged", spam, is_spam=True),
        changed("spam, with genuine text around it", [surround(t, clean, chance) for t in spam], is_spam=True),
    ]
    found += [
        changed(f"spam, {name}", [change(t, chance) for t in spam], is_spam=True) for name, change in DISGUISES.items()
    ]
    at_once = [
        surround(
            DISGUISES[chance.choice(sorted(DISGUISES))](paste_link(t, writer, selling=True), chance), clean, chance
        )
        for t in spam
    ]
    return [*found, changed("spam, link, disguise and genuine text", at_once, is_spam=True)]


def _held(model: Model, texts: Sequence[str]) -> Share:
    return share(sum(score(model, text).probability >= model.threshold for text in texts), len(texts))


def render(report: Report) -> str:
    """Return a report as plain text."""
    from shapedby.spam import render as page

    return page.render(report)
