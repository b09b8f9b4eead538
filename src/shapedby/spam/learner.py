"""The learning process: ``python -m shapedby.spam.learner [--weights PATH]``.

It reads decisions as one JSON list on standard input and writes one JSON object: the head (base64), the hash of the
weights it adds to, its figures, and why it may not be used, empty where it may.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from pathlib import Path

from shapedby.spam.trust import Label

BROKEN = 3
"""The exit status when the weights or the replayed texts cannot be trusted."""


def main(arguments: list[str] | None = None) -> int:
    """Learn from what stands on standard input, and say what came of it."""
    for library in ("OMP", "OPENBLAS", "MKL"):  # pages are served beside us
        os.environ[f"{library}_NUM_THREADS"] = "1"
    parser = argparse.ArgumentParser(prog="shapedby.spam.learner", description="Learn from a council's decisions.")
    parser.add_argument("--weights", type=Path, default=None, help="another weights file than the shipped one")
    weights: Path | None = parser.parse_args(arguments).weights
    from shapedby.spam import replay
    from shapedby.spam.artefact import SHIPPED, ModelBroken, load
    from shapedby.spam.fit_head import learn
    from shapedby.spam.head import pack

    try:
        model = load(weights)
        kept = replay.load(model.digest, replay.beside(weights or SHIPPED))
    except ModelBroken as error:
        print(f"spam: {error}", file=sys.stderr)  # noqa: T201  standard output is the protocol's
        return BROKEN
    learned = learn(model, kept, [Label(**row) for row in json.load(sys.stdin)])
    head = base64.b64encode(pack(learned.head)).decode("ascii")
    answer = {"head": head, "base": model.digest, "figures": learned.shown(), "refused": learned.refused}
    print(json.dumps(answer))  # noqa: T201  this is the answer
    return 0


if __name__ == "__main__":
    sys.exit(main())
