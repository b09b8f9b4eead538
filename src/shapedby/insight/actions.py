"""Writing open data: as a stream for whoever asks now, and once a night into files."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from shapedby.insight.queries import KINDS, batches
from shapedby.insight.rules import WITHOUT, Form, Lists, cells, columns
from shapedby.settings import Settings

FOLDER = "open-data"


async def written(which: Lists, form: Form, settings: Settings) -> AsyncIterator[bytes]:
    """Write a whole list piece by piece, the newest first, without what only the API says."""
    rows = _csv(which, settings) if form is Form.CSV else _json(which, settings)
    async for piece in rows:
        yield piece


async def _csv(which: Lists, settings: Settings) -> AsyncIterator[bytes]:
    fields = [(field.name, _spoken(field.type)) for field in _fields(which)]
    languages = settings.languages
    # The mark at the beginning tells a spreadsheet that letters beyond ASCII are meant.
    heads = [name for field, spoken in fields for name in columns(field, languages, spoken=spoken)]
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode() + _lines([heads])
    async for batch in batches(which, settings.url):
        yield _lines(
            [text for name, spoken in fields for text in cells(getattr(row, name), languages, spoken=spoken)]
            for row in batch
        )


async def _json(which: Lists, settings: Settings) -> AsyncIterator[bytes]:
    names = [field.name for field in _fields(which)]
    before = b"[\n"
    async for batch in batches(which, settings.url):
        yield before + b",\n".join(msgspec.json.encode({name: getattr(row, name) for name in names}) for row in batch)
        before = b",\n"
    yield b"\n]\n" if before != b"[\n" else b"[]\n"


def _fields(which: Lists) -> Sequence[msgspec.structs.FieldInfo]:
    return [field for field in msgspec.structs.fields(KINDS[which]) if field.name not in WITHOUT]


def _spoken(kind: Any) -> bool:  # noqa: ANN401 - a type hint can be anything
    return "dict[str, str]" in str(kind)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def kept_file(settings: Settings, which: Lists, form: Form) -> Path:
    """Say where a list is kept overnight; it may not be there yet."""
    return settings.data / FOLDER / f"{which}.{form}"


def kept_since(settings: Settings, which: Lists, form: Form) -> datetime | None:
    """Say when a list was last written into its file; None where it never was on this machine."""
    try:
        at = kept_file(settings, which, form).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(at, settings.timezone)


async def write_files(settings: Settings) -> int:
    """Write every list into its file, where that was not done today yet; gives how many were written."""
    today = datetime.now(settings.timezone).date()
    count = 0
    for which in Lists:
        for form in Form:
            since = kept_since(settings, which, form)
            if since is None or since.date() < today:
                await _write_file(settings, which, form)
                count += 1
    return count


async def _write_file(settings: Settings, which: Lists, form: Form) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile reads the one before."""
    path = kept_file(settings, which, form)
    half = path.with_name(f".half-{path.name}")
    await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
    with half.open("wb") as file:
        async for piece in written(which, form, settings):
            await asyncio.to_thread(file.write, piece)
    half.replace(path)
