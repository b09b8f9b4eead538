"""The screening process: ``python -m shapedby.spam.child [--weights PATH]``.

It prints one JSON line when its model is loaded, then answers each JSON line ``{"id", "text"}`` on
standard input with one line on standard output, in order, until its input ends. A text that raises
is answered with an error; weights that are broken end the process with status 3.

A line ``{"head": "…"}`` (base64, empty for none) changes the council's own head for all texts after it, and is not
answered; a head that is broken or was made for other weights counts as none.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from shapedby.spam.artefact import Model
    from shapedby.spam.head import Head
    from shapedby.spam.rules import Score

BROKEN = 3
"""The exit status when the weights cannot be trusted."""
HEAD = '{"head":'
"""How a line begins that is not a text to judge."""


def answer(line: str, model: Model, head: Head | None = None) -> dict[str, Any]:
    """Return the answer to one line; whatever goes wrong, an answer that holds the text."""
    from shapedby.spam.score import score

    number: object = None
    try:
        asked = cast("dict[str, Any]", json.loads(line))
        number = asked["id"]
        text = asked["text"]
        if not isinstance(text, str):
            return {"id": number, "error": "text is not a string"}
        return {"id": number} | shown(score(model, text, head))
    except Exception as error:  # noqa: BLE001  one text must never end the process for the others
        return {"id": number, "error": type(error).__name__}


def worn(line: str, model: Model) -> Head | None:
    """Read a head; None, and a complaint, where it cannot be trusted."""
    from shapedby.spam.head import HeadBroken, unpack

    try:
        content = base64.b64decode(cast("dict[str, Any]", json.loads(line))["head"], validate=True)
        return unpack(content, model.digest) if content else None
    except (HeadBroken, ValueError, KeyError, TypeError, binascii.Error) as error:
        print(f"spam: the council's head is not used: {error}", file=sys.stderr)  # noqa: T201  as above
        return None


def shown(result: Score) -> dict[str, Any]:
    """Return a score as plain values."""
    return {
        "probability": round(result.probability, 6),
        "verdict": result.verdict.value,
        "threshold": round(result.threshold, 6),
        "reasons": [[r.kind, r.shown, round(r.weight, 6), r.start, r.end] for r in result.reasons],
    }


def main(arguments: list[str] | None = None) -> int:
    """Load the model, say so, and answer until the input ends."""
    for library in ("OMP", "OPENBLAS", "MKL"):  # one text at a time gains nothing from more threads
        os.environ[f"{library}_NUM_THREADS"] = "1"
    parser = argparse.ArgumentParser(prog="shapedby.spam.child", description="Score texts, one JSON line each.")
    parser.add_argument("--weights", type=Path, default=None, help="another weights file than the shipped one")
    weights: Path | None = parser.parse_args(arguments).weights
    from shapedby.spam.artefact import ModelBroken, load
    from shapedby.spam.score import score

    try:
        model = load(weights)
    except ModelBroken as error:
        print(f"spam: {error}", file=sys.stderr)  # noqa: T201  standard output is the protocol's
        return BROKEN
    score(model, "The first text pays for every import: https://example.org")
    _write({"ready": True, "weights": model.digest[:12]})
    head: Head | None = None
    for line in (raw.decode("utf-8", "replace") for raw in sys.stdin.buffer):
        if line.startswith(HEAD):
            head = worn(line, model)
        else:
            _write(answer(line, model, head))
    return 0


def _write(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(value).encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
