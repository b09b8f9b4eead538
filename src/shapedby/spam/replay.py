"""Texts that a council's head must not forget, as hashed places: what residents write, and what sells.

``replay.bin`` is a line of JSON and compressed numbers; ``replay.sha256`` beside it is the hash of the whole file. No
text can be read back out of it. The first part is learned from again, the second only checked.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from shapedby.spam.artefact import ModelBroken
from shapedby.spam.augment import CIVIC, Example
from shapedby.spam.head import places_of
from shapedby.spam.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "weights" / "replay.bin"
FORMAT = "shapedby-replay-1"
LIMIT = 4_000_000
"""The largest size of the file, in bytes."""


def beside(weights: Path) -> Path:
    """Return where the replayed texts of a weights file lie: ``replay.bin`` beside the shipped one."""
    return weights.with_name("replay.bin" if weights.name == "base.bin" else f"{weights.stem}-replay.bin")


LEARNED, CHECKED = (2600, 900), (1600, 700)
"""How many texts (civic, spam) are learned from again, and how many are only checked."""
LONGEST = 600


@dataclass(frozen=True)
class Replay:
    """Hashed texts: places by text, the shipped model's log-odds, whether spam, whether only for checking."""

    places: list[NDArray[np.int64]]
    totals: NDArray[np.float64]
    spam: NDArray[np.bool_]
    checked: NDArray[np.bool_]


def choose(seen: Sequence[tuple[Example, float]], base: str, path: Path) -> Path:
    """Write the file from texts with the log-odds of a model that had not learned from them; deterministic."""
    import numpy as np

    civic = [row for row in seen if not row[0].spam and row[0].source in CIVIC and len(row[0].text) <= LONGEST]
    spam = [row for row in seen if row[0].spam and len(row[0].text) <= LONGEST]
    rows, checked = list[tuple[Example, float]](), list[bool]()
    for kind, pool in enumerate((civic, spam)):
        pool.sort(key=lambda row: hashlib.sha256(row[0].text.encode("utf-8", "replace")).digest())
        learn, check = LEARNED[kind], CHECKED[kind]
        rows += pool[: learn + check]
        checked += [i >= learn for i in range(len(pool[: learn + check]))]
    places = [places_of(tokenise(example.text)).astype("<u4") for example, _ in rows]
    gaps = np.concatenate([np.diff(found, prepend=np.uint32(0)) for found in places]).astype("<u4")
    sizes = np.asarray([len(found) for found in places], dtype="<u4")
    totals = np.asarray([total for _, total in rows], dtype="<f4")
    flags = np.asarray([e.spam + 2 * c for (e, _), c in zip(rows, checked, strict=True)], dtype="u1")
    # Byte by byte of all gaps rather than gap by gap: like beside like packs tighter.
    planes = gaps.view("u1").reshape(-1, 4).T.tobytes()
    packed = zlib.compress(sizes.tobytes() + totals.tobytes() + flags.tobytes() + planes, 9)
    whole = json.dumps({"format": FORMAT, "base": base, "texts": len(rows)}).encode() + b"\n" + packed
    path.write_bytes(whole)
    path.with_suffix(".sha256").write_text(hashlib.sha256(whole).hexdigest() + "\n", encoding="ascii")
    return path


def load(base: str, path: Path | None = None) -> Replay:
    """Read the texts that go with the shipped weights of this hash; raise ModelBroken rather than guess."""
    import numpy as np

    path = path or SHIPPED
    try:
        whole = path.read_bytes()
        if hashlib.sha256(whole).hexdigest() != path.with_suffix(".sha256").read_text("ascii").strip():
            raise ModelBroken("the replayed texts do not match their hash")
        first = cast("dict[str, Any]", json.loads(whole.partition(b"\n")[0]))
        if first["format"] != FORMAT or first["base"] != base:
            raise ModelBroken("the replayed texts belong to other weights")
        plain, count = zlib.decompress(whole.partition(b"\n")[2]), int(first["texts"])
        sizes = np.frombuffer(plain, "<u4", count).astype(np.int64)
        totals = np.frombuffer(plain, "<f4", count, 4 * count).astype(np.float64)
        flags = np.frombuffer(plain, "u1", count, 8 * count)
        planes = np.frombuffer(plain, "u1", int(sizes.sum()) * 4, 9 * count).reshape(4, -1)
        gaps = np.ascontiguousarray(planes.T).view("<u4").ravel().astype(np.int64)
    except (OSError, ValueError, KeyError, TypeError, zlib.error) as error:
        message = f"the replayed texts cannot be read: {type(error).__name__}"
        raise ModelBroken(message) from error
    places = [np.cumsum(part) for part in np.split(gaps, np.cumsum(sizes)[:-1])]
    return Replay(places, totals, (flags & 1).astype(bool), (flags & 2).astype(bool))
