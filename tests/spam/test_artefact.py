"""A model that cannot be trusted is never used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from shapedby.spam.artefact import LIMIT, SHIPPED, ModelBroken, load, save, squeeze, stretch
from shapedby.spam.score import score


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the shipped weights and their hash."""
    for file in (SHIPPED, SHIPPED.with_suffix(".sha256")):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / SHIPPED.name


def test_shipped_weights_load_and_are_small() -> None:
    assert load().digest
    assert SHIPPED.stat().st_size <= LIMIT


def test_copied_weights_load(copied: Path) -> None:
    assert load(copied).digest == load().digest


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match="cannot be read"):
        load(tmp_path / "none.bin")


def test_weights_without_a_hash_are_refused(copied: Path) -> None:
    copied.with_suffix(".sha256").unlink()
    with pytest.raises(ModelBroken, match="cannot be read"):
        load(copied)


@pytest.mark.parametrize("keep", [0, 1, 500, 100_000])
def test_truncated_weights_are_refused(copied: Path, keep: int) -> None:
    copied.write_bytes(copied.read_bytes()[:keep])
    with pytest.raises(ModelBroken, match="do not match"):
        load(copied)


def test_one_changed_byte_is_refused(copied: Path) -> None:
    content = bytearray(copied.read_bytes())
    content[-1000] ^= 1
    copied.write_bytes(content)
    with pytest.raises(ModelBroken, match="do not match"):
        load(copied)


def test_swapped_weights_are_refused(copied: Path) -> None:
    copied.write_bytes(b'{"format": "other"}\n' + b"x" * 1000)
    with pytest.raises(ModelBroken, match="do not match"):
        load(copied)


@pytest.mark.parametrize(
    "content", [b"", b"x", b'{"format": "other"}\n', b"[]\n", b"\xff\xfe", b'{"format": "shapedby-spam-1"}\n']
)
def test_weights_of_another_format_are_refused_even_with_their_hash(tmp_path: Path, content: bytes) -> None:
    import hashlib

    path = tmp_path / "base.bin"
    path.write_bytes(content)
    path.with_suffix(".sha256").write_text(hashlib.sha256(content).hexdigest())
    with pytest.raises(ModelBroken):
        load(path)


def test_saved_weights_score_as_before(tmp_path: Path) -> None:
    model = load()
    again = load(save(model, tmp_path / "again.bin"))
    text = "Buy cheap watches at https://example.com/shop"
    assert score(again, text).total == pytest.approx(score(model, text).total, abs=1e-3)


def test_eight_bits_are_fine_enough() -> None:
    table = np.linspace(-2, 2, 1001, dtype=np.float32)
    values, peak = squeeze(table)
    assert float(np.abs(stretch(values, peak) - table).max()) < 0.02


def test_no_vocabulary_ships() -> None:
    head = json.loads(SHIPPED.read_bytes().partition(b"\n")[0])
    assert set(head) == {"bias", "whole", "window", "length", "start", "threshold", "format", "bits", "peaks"}
