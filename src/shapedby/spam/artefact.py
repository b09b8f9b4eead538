"""The trained model as a file: hashed weights, no vocabulary, with a hash that is checked on load.

``base.bin`` is a line of JSON (numbers of the model), a newline and the compressed tables of
eight-bit weights; ``base.sha256`` beside it is the hash of the whole file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from shapedby.spam.tokens import BITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "weights" / "base.bin"
"""The model that comes with the package."""

FORMAT = "shapedby-spam-2"
LIMIT = 1_000_000
"""The largest size of a weights file, in bytes."""


class ModelBroken(Exception):  # noqa: N818  the name that its callers know
    """The weights are missing, cut short, changed or of another format; the message says which."""


@dataclass(frozen=True)
class Model:
    """A linear model over hashed tokens.

    ``tables``: weights by block. ``bias``: the margin of an empty text. The log-odds are
    ``whole * margin of the whole text + window * margin of its worst passage + length * log(passages) + start``.
    ``threshold``: the probability from which a text is held. ``digest``: the file's hash.
    """

    tables: dict[str, NDArray[np.float32]]
    bias: float
    whole: float
    window: float
    length: float
    start: float
    threshold: float
    digest: str = ""


def save(model: Model, path: Path) -> Path:
    """Write a model and its hash; the tables lose precision to eight bits."""
    packed, peaks = b"", dict[str, float]()
    for block, bits in BITS.items():
        values, peaks[block] = squeeze(model.tables[block])
        if len(values) != 1 << bits:
            message = f"table {block} has {len(values)} places"
            raise ValueError(message)
        packed += values.tobytes()
    head = {k: getattr(model, k) for k in ("bias", "whole", "window", "length", "start", "threshold")}
    head |= {"format": FORMAT, "bits": BITS, "peaks": peaks}
    whole = json.dumps(head).encode() + b"\n" + zlib.compress(packed, 9)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(whole)
    path.with_suffix(".sha256").write_text(hashlib.sha256(whole).hexdigest() + "\n", encoding="ascii")
    return path


def squeeze(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], float]:
    """Return a table in eight bits, finer near nought, and its largest weight."""
    import numpy as np

    peak = float(np.abs(table).max()) or 1.0
    small = np.sign(table) * np.round(np.sqrt(np.abs(table) / peak) * 127)
    return small.astype(np.int8), peak


def stretch(values: NDArray[np.int8], peak: float) -> NDArray[np.float32]:
    """Undo ``squeeze``."""
    import numpy as np

    wide = values.astype(np.float32) / np.float32(127)
    return (np.sign(wide) * wide * wide * np.float32(peak)).astype(np.float32)


def load(path: Path | None = None) -> Model:
    """Read a model, the shipped one by default; raise ModelBroken rather than guess."""
    import numpy as np

    path = path or SHIPPED
    try:
        whole = path.read_bytes()
        expected = path.with_suffix(".sha256").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"the weights cannot be read: {type(error).__name__}"
        raise ModelBroken(message) from error
    digest = hashlib.sha256(whole).hexdigest()
    if digest != expected:
        message = f"the weights do not match their hash: {digest[:12]}, not {expected[:12]}"
        raise ModelBroken(message)
    try:
        head = cast("dict[str, Any]", json.loads(whole.partition(b"\n")[0]))
        if head["format"] != FORMAT or head["bits"] != BITS:
            message = "the weights are of another version of this program"
            raise ModelBroken(message)
        packed = zlib.decompress(whole.partition(b"\n")[2])
        tables, at = dict[str, "NDArray[np.float32]"](), 0
        for block, bits in BITS.items():
            values = np.frombuffer(packed, np.int8, 1 << bits, at)
            tables[block] = stretch(values, float(head["peaks"][block]))
            at += 1 << bits
        numbers = {k: float(head[k]) for k in ("bias", "whole", "window", "length", "start", "threshold")}
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        message = f"the weights cannot be understood: {type(error).__name__}"
        raise ModelBroken(message) from error
    return Model(tables=tables, digest=digest, **numbers)
