"""What stands behind ``shapedby spam check``, ``train`` and ``evaluate``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from shapedby.spam.artefact import Model


def check_lines(lines: Iterable[str], model: Model) -> Iterator[dict[str, Any]]:
    """Yield a verdict for each JSON line ``{"text": …}``, in order; for a bad line, what is wrong with it.

    A reason is ``{"kind", "shown", "weight", "start", "end"}``; an error is ``{"line", "error"}``.
    """
    from shapedby.spam.score import score

    for number, line in enumerate(lines, 1):
        text = _text(line)
        if text is None:
            yield {"line": number, "error": 'expected a JSON object such as {"text": "…"}'}
            continue
        result = score(model, text)
        yield {
            "probability": round(result.probability, 6),
            "verdict": result.verdict.value,
            "reasons": [
                {"kind": r.kind, "shown": r.shown, "weight": round(r.weight, 4), "start": r.start, "end": r.end}
                for r in result.reasons
            ],
        }


def _text(line: str) -> str | None:
    try:
        asked: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    text = cast("dict[str, object]", asked).get("text") if isinstance(asked, dict) else None
    return text if isinstance(text, str) else None


def evaluate_file(path: Path, model: Model) -> str:
    """Return the printed evaluation of a model on labelled JSON lines."""
    from shapedby.spam.evaluate import evaluate, render

    return render(evaluate(model, path))


def evaluate_left_out(
    path: Path, train_path: Path, sources: Sequence[str], cache: Path, progress: Callable[[int, int], None]
) -> str:
    """Return what weights that never saw some sources make of them, in both files together; kept in ``cache``."""
    from shapedby.spam import replay
    from shapedby.spam.artefact import load
    from shapedby.spam.fit import read
    from shapedby.spam.strangers import campaign, render, strangers, trained_without

    weights = trained_without(train_path, sources, cache, progress)
    model = load(weights)
    kept = replay.load(model.digest, replay.beside(weights))
    test, learned = read(path), read(train_path)
    unseen = [e for e in learned if e.source in set(sources)]
    taught = [campaign(model, kept, source, test + unseen) for source in sources]
    return render(strangers(model, sources, test + unseen), [c for c in taught if c is not None])
