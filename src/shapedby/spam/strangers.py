"""What a model makes of sources that it has never seen, and how fast a council's decisions teach it one."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from shapedby.spam.augment import TALK
from shapedby.spam.figures import Share, share
from shapedby.spam.render import Row, least, most
from shapedby.spam.trust import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapedby.spam.artefact import Model
    from shapedby.spam.augment import Example
    from shapedby.spam.replay import Replay

DECISIONS, DRAWS = 100, 5
CIVIC_HELD = 0.005
LEAST_CAUGHT, MOST_HELD, LEAST_F1, MOST_CIVIC = 0.93, 0.01, 0.87, 0.003
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


_TRAINING = "alphabets artefact augment disguise features fit grammar links margins normalise replay tokens".split()


def _written() -> list[str]:
    return sorted(path.stem for path in (Path(__file__).parent / "written").glob("*.txt") if path.stem != "welsh")


def _files(folder: str, names: Sequence[str]) -> list[Path]:
    """Return files of this package by their names: modules, or texts in ``written/``."""
    return [Path(__file__).parent / f"{folder}{name}.{'txt' if folder else 'py'}" for name in names]


def trained_without(
    train_path: Path, sources: Sequence[str], cache: Path, progress: Callable[[int, int], None]
) -> Path:
    """Return weights that have not seen these sources, training them once for each training file and way to train."""
    from shapedby.spam.fit import train

    way = b"".join(path.read_bytes() for path in (*_files("", _TRAINING), *_files("written/", _written())))
    key = hashlib.sha256(train_path.read_bytes() + way + ",".join(sorted(sources)).encode()).hexdigest()[:16]
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
    """Return the report as plain text; a target is compared with the share where 0.5 % of civic text is held."""
    lines = [f"{'never learned from':46} {'where 0.5 % of civic text is held':34} {'target':22} reached"]
    taught = {c.source for c in campaigns}
    for s in found:
        name = f"{s.source} ({'spam' if s.spam else 'legitimate'})"
        row = least(name, s.at_civic, LEAST_CAUGHT) if s.spam else most(name, s.at_civic, MOST_HELD)
        lines.append(f"{name:46} {s.at_civic!s:34} before any decision" if s.source in taught else str(row))
        lines.append(f"{'  at its own threshold':46} {s.held}")
    for c in campaigns:
        lines.append(f"after {DECISIONS} decisions about {c.source} ({DRAWS} draws; F1: mean, lowest to highest)")
        figure = f"  {c.f1:.3f} ({c.low:.3f} to {c.high:.3f})"
        lines.append(str(Row("  F1", figure, f"at least {LEAST_F1}", c.f1 >= LEAST_F1)))
        lines.append(str(most("  civic text held then", c.civic, MOST_CIVIC)))
    return "\n".join(lines) + "\n"
