"""The secret we make ourselves when a council sets none."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from shapedby.settings.fields import SettingsError


def kept_secret(data: Path) -> str:
    """Give the secret kept in the data folder, made the first time; only its owner can read the file."""
    path = data / "secret"
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        message = (
            f"We cannot keep our secret in {path} ({error.strerror}). "
            "Give a folder we can write to as SHAPEDBY_DATA, or set SHAPEDBY_SECRET."
        )
        raise SettingsError(message) from error


def _make(path: Path) -> None:
    # Others may pass through (the embedded database runs as somebody else when we are root), not look inside.
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    new = path.with_name(f"secret.{secrets.token_hex(4)}")
    file = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as writing:
        writing.write(secrets.token_urlsafe(48))
        writing.flush()
        os.fsync(writing.fileno())
    try:
        os.link(new, path)  # fails if another process was first: then theirs is the secret
    except FileExistsError:
        pass
    finally:
        new.unlink()
