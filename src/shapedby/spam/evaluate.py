"""Measure a model on labelled JSON lines, as they are and as spammers and residents will change them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from shapedby.spam.augment import CIVIC, TALK, Example, paste_link, surround
from shapedby.spam.disguise import DISGUISES
from shapedby.spam.figures import (
    Range,
    Share,
    Step,
    calibration_error,
    held_from,
    loss,
    recall_share,
    reliability,
    resampled,
    share,
)
from shapedby.spam.fit import read
from shapedby.spam.grammar import Writer, lines
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

LINKED, LONG, UNCHANGED = "clean, with one ordinary link", "clean, long (eight texts in one)", "spam, unchanged"
WRAPPED, EVERYTHING = "spam, with genuine text around it", "spam, link, disguise and genuine text"


@dataclass(frozen=True)
class Source:
    """What was held of one source's spam and of its legitimate texts, at the model's own threshold."""

    name: str
    recall: Share
    false_positives: Share


@dataclass(frozen=True)
class Stress:
    """What was held of texts changed in one way: at the model's own threshold, and where 0.5 % of civic text is held.

    ``less`` is the recall lost against the unchanged texts at the second of the two; None for clean texts.
    """

    name: str
    held: Share
    at_civic: Share
    less: Range | None


@dataclass(frozen=True)
class Report:
    """Everything that ``evaluate`` measures; times in milliseconds for one text on one core.

    ``welsh`` is what is held of our own Welsh texts, ``english`` of the civic English ones in the file.
    """

    texts: int
    spam: int
    threshold: float
    levels: tuple[Share, ...]
    civic_levels: tuple[Share, ...]
    recall: Share
    false_positives: Share
    civic_false_positives: Share
    held: Share
    calibration: Range
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    stresses: tuple[Stress, ...]
    welsh: Share
    english: Share
    median_ms: Range
    slow_ms: Range
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
    english = np.asarray([e.lang == "en" for e in examples], dtype=bool) & civic & ~spam
    welsh = _scores(model, lines("welsh"))[0] >= model.threshold
    return Report(
        texts=len(examples),
        spam=int(spam.sum()),
        threshold=model.threshold,
        levels=tuple(recall_share(scores[~spam], scores[spam], level) for level in LEVELS),
        civic_levels=tuple(recall_share(scores[~spam & civic], scores[spam & civic], level) for level in LEVELS),
        recall=share(int((held & spam).sum()), int(spam.sum())),
        false_positives=share(int((held & ~spam).sum()), int((~spam).sum())),
        civic_false_positives=share(int((held & ~spam & civic).sum()), int((~spam & civic).sum())),
        held=share(int(held.sum()), len(examples)),
        calibration=resampled(len(scores), lambda drawn: calibration_error(reliability(scores[drawn], spam[drawn]))),
        steps=reliability(scores, spam),
        sources=_by_source(examples, held),
        stresses=tuple(_stresses(model, examples, civic, held_from(scores[~spam & civic], 0.005))),
        welsh=share(int(welsh.sum()), len(welsh)),
        english=share(int((held & english).sum()), int(english.sum())),
        median_ms=resampled(len(times), lambda drawn: float(np.quantile(times[drawn], 0.5)) * 1000),
        slow_ms=resampled(len(times), lambda drawn: float(np.quantile(times[drawn], 0.95)) * 1000),
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


def _stresses(model: Model, examples: Sequence[Example], civic: NDArray[np.bool_], at_civic: float) -> list[Stress]:
    """Measure changed texts: the clean with a link or very long, the spam wrapped and disguised."""
    chance = Random(20_250_301)  # noqa: S311  repeatable, and another than training's
    writer = Writer(chance, "civic_en", "spam_en")
    chosen = [e for e, is_civic in zip(examples, civic, strict=True) if is_civic]
    clean = [e.text for e in chosen if not e.spam and (e.source in CIVIC or not e.source)][:1500]
    spam = [e.text for e in chosen if e.spam][:600]
    if not clean or not spam:
        return []
    unchanged = _scores(model, spam)[0] > at_civic

    def changed(name: str, texts: Sequence[str], *, is_spam: bool) -> Stress:
        scores = _scores(model, texts)[0]
        held, more = scores >= model.threshold, scores > at_civic
        less = loss(unchanged, more) if is_spam and name != UNCHANGED else None
        return Stress(name, share(int(held.sum()), len(held)), share(int(more.sum()), len(more)), less)

    found = [
        changed(LINKED, [paste_link(t, writer, selling=False) for t in clean], is_spam=False),
        changed(LONG, [" ".join(chance.choices(clean, k=8)) for _ in clean[:500]], is_spam=False),
        changed(UNCHANGED, spam, is_spam=True),
        changed(WRAPPED, [surround(t, clean, chance) for t in spam], is_spam=True),
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
    return [*found, changed(EVERYTHING, at_once, is_spam=True)]


def render(report: Report) -> str:
    """Return a report as plain text."""
    from shapedby.spam import render as page

    return page.render(report)
