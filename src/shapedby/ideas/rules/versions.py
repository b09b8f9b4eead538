"""What differs between two versions of an idea, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\S+\s*")
FIELDS = ("title", "group", "problem", "proposal", "beneficiaries")


class Change(StrEnum):
    """What happened to a piece of text from one version to the next."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and what happened to it."""

    change: Change
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Say what differs between two texts, in whole words; the removed stands before the added.

    Words that a long text is full of are no anchors (difflib's own rule), so that no text costs more than another.
    """
    old, new = _WORDS.findall(before.strip()), _WORDS.findall(after.strip())
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.SAME, "".join(new[c:d])))
            continue
        pieces += _said(Change.REMOVED, old[a:b])
        pieces += _said(Change.ADDED, new[c:d])
    return tuple(pieces)


def _said(change: Change, words: Sequence[str]) -> list[Piece]:
    return [Piece(change, "".join(words))] if words else []


def is_changed(pieces: Sequence[Piece]) -> bool:
    """Say whether anything differs."""
    return any(piece.change is not Change.SAME for piece in pieces)
