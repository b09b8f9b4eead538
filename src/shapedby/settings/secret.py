"""The secrets we make ourselves when a council sets none."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from shapedby.settings.fields import SettingsError


def kept_secret(data: Path, name: str = "secret") -> str:
    """Give a secret kept in the data folder, made the first time; only its owner can read the file.

    It is random text; in a file whose name ends in ``key`` it is 32 random bytes, as hexadecimal digits.
    """
    path = data / name
    try:
        if not path.exists():
            _make(path, secrets.token_hex(32) if name.endswith("key") else secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        message = (
            f"We cannot keep our secret in {path} ({error.strerror}). "
            f"Give a folder we can write to as SHAPEDBY_DATA, or set SHAPEDBY_{name.upper().replace('-', '_')}."
        )
        raise SettingsError(message) from error


def _make(path: Path, text: str) -> None:
    # Others may pass through (the embedded database runs as somebody else when we are root), not look inside.
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    file = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as writing:
        writing.write(text)
        writing.flush()
        os.fsync(writing.fileno())
    try:
        os.link(new, path)  # fails if another process was first: then theirs is the secret
    except FileExistsError:
        pass
    finally:
        new.unlink()
