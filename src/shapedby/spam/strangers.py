"""What a model makes of sources that it has never seen, and how fast a council's decisions teach it one."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from shapedby.spam.evaluate import TALK
from shapedby.spam.figures import Share, share
from shapedby.spam.trust import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapedby.spam.artefact import Model
    from shapedby.spam.augment import Example
    from shapedby.spam.replay import Replay

DECISIONS, DRAWS = 100, 5
CIVIC_HELD = 0.005
MOST_TESTED = 1500


@dataclass(frozen=True)
class Stranger:
    """What is held of a source's spam or of its legitimate texts.

    ``held`` is at the model's own threshold, ``at_civic`` where half a per cent of civic texts are held.
    """

    source: str
    spam: bool
    held: Share
    at_civic: Share


@dataclass(frozen=True)
class Campaign:
    """F1 on a source after a hundred decisions about it: mean, lowest and highest draw; civic texts held then."""

    source: str
    f1: float
    low: float
    high: float
    civic: Share


def trained_without(
    train_path: Path, sources: Sequence[str], cache: Path, progress: Callable[[int, int], None]
) -> Path:
    """Return weights that have not seen these sources, training them once for each training file."""
    from shapedby.spam.fit import train

    key = hashlib.sha256(train_path.read_bytes() + ",".join(sorted(sources)).encode()).hexdigest()[:16]
    path = cache / f"without-{key}.bin"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        train(train_path, path, progress, leave=sources)
    return path


def strangers(model: Model, sources: Sequence[str], examples: Sequence[Example]) -> list[Stranger]:
    """Measure a model on sources that it has never seen; the civic threshold comes from the other civic texts."""
    own = math.log(model.threshold / (1 - model.threshold))
    civic = sorted(_totals(model, [e for e in examples if not e.spam and e.source in TALK and e.source not in sources]))
    lower = civic[-1 - int(CIVIC_HELD * len(civic))] if civic else own
    found = list[Stranger]()
    for source in sources:
        for spam in (True, False):
            totals = _totals(model, [e for e in examples if e.source == source and e.spam == spam])
            if totals:
                held, more = (sum(t >= least for t in totals) for least in (own, lower))
                found.append(Stranger(source, spam, share(held, len(totals)), share(more, len(totals))))
    return found


def campaign(model: Model, replay: Replay, source: str, examples: Sequence[Example]) -> Campaign | None:
    """Teach a model a source by a hundred decisions, several times; None where the source has one kind only."""
    from shapedby.spam.fit_head import learn
    from shapedby.spam.score import score

    texts = [e for e in examples if e.source == source]
    if len({e.spam for e in texts}) < len((True, False)) or len(texts) < DECISIONS * (DRAWS + 1):
        return None
    Random(DECISIONS).shuffle(texts)  # noqa: S311  repeatable, not secret
    tested = texts[DECISIONS * DRAWS :][:MOST_TESTED]
    civic = [e.text for e in examples if not e.spam and e.source in TALK and e.source != source][:MOST_TESTED]
    figures, wrong = list[float](), 0
    for draw in range(DRAWS):
        drawn = texts[draw * DECISIONS : (draw + 1) * DECISIONS]
        head = learn(model, replay, [Label(e.text, e.spam, n, 1) for n, e in enumerate(drawn)]).head
        held = [score(model, e.text, head).probability >= model.threshold for e in tested]
        hits = sum(h and e.spam for h, e in zip(held, tested, strict=True))
        figures.append(2 * hits / max(1, sum(held) + sum(e.spam for e in tested)))
        wrong += sum(score(model, text, head).probability >= model.threshold for text in civic)
    mean = sum(figures) / len(figures)
    return Campaign(source, mean, min(figures), max(figures), share(wrong, len(civic) * DRAWS))


def _totals(model: Model, examples: Sequence[Example]) -> list[float]:
    from shapedby.spam.score import score

    return [score(model, e.text).total for e in examples]


def render(found: Sequence[Stranger], campaigns: Sequence[Campaign]) -> str:
    """Return the report as plain text."""
    lines = [f"{'never learned from':34} {'held at its own threshold':36} where 0.5 % of civic text is held   target"]
    for s in found:
        name = f"{s.source} ({'spam' if s.spam else 'legitimate'})"
        lines.append(f"{name:34} {s.held!s:36} {s.at_civic!s:36} {'at least 93 %' if s.spam else 'at most 1 %'}")
    for c in campaigns:
        lines.append(f"after {DECISIONS} decisions about {c.source} (mean of {DRAWS} draws, lowest to highest):")
        lines.append(f"  F1 {c.f1:.3f} ({c.low:.3f} to {c.high:.3f})   target at least 0.87")
        lines.append(f"  civic text held then {c.civic}   target at most 0.3 %")
    return "\n".join(lines) + "\n"
