"""Children that stand in for the classifier's process, each with its own trouble."""

from __future__ import annotations

import sys

_HEAD = """
import json, sys, time, os
def say(answer):
    print(json.dumps(answer), flush=True)
def good(asked, probability=0.1):
    verdict = "hold" if probability >= 0.5 else "publish"
    say({"id": asked["id"], "probability": probability, "verdict": verdict, "threshold": 0.5,
         "reasons": [["word", "hello", 1.5, 0, 5], ["bias", "", -2.0, None, None]]})
"""
_READ = """
say({"ready": True, "weights": "test-1"})
for line in sys.stdin:
    asked = json.loads(line)
"""


def child(answering: str, *, before: str = "") -> tuple[str, ...]:
    """Give the command of a child that runs ``answering`` for each question, and ``before`` ahead of being ready."""
    body = "\n".join(f"    {line}" for line in answering.strip().splitlines())
    return (sys.executable, "-c", f"{_HEAD}\n{before}\n{_READ}\n{body}\n")


GOOD = child("good(asked, 0.9 if 'spam' in asked['text'] else 0.1)")
SLEEPS = child("time.sleep(60) if 'sleep' in asked['text'] else good(asked)")
RAISES = child("say({'id': asked['id'], 'error': 'it hurts'}) if 'raise' in asked['text'] else good(asked)")
DIES = child("os._exit(3) if 'die' in asked['text'] else good(asked)")
RAMBLES = child("print('Hello there', flush=True) if 'ramble' in asked['text'] else good(asked)")
LIES = child("good(asked, 17.0) if 'lie' in asked['text'] else good(asked)")
SLOW_TO_LOAD = child("good(asked)", before="time.sleep(1.2)")
NEVER_LOADS = child("good(asked)", before="time.sleep(60)")
CORRUPT = (sys.executable, "-c", "raise SystemExit('the weights are not the ones that were shipped')")
MISSING = ("/nowhere/at/all",)
TALKATIVE = child("good(asked); print('x' * 3_000_000, flush=True)")
