"""Static files under names that carry the hash of their content, kept compressed in memory."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PREFIX = "/static/"
FOREVER = "public, max-age=31536000, immutable"
NAME_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file, ready to send."""

    body: bytes
    compressed: bytes | None
    kind: str
    etag: str


class Assets:
    """All static files of this installation; ``address`` gives the hashed address of one."""

    def __init__(self, folder: Path, generated: Mapping[str, bytes]) -> None:
        self._addresses: dict[str, str] = {}
        self._files: dict[str, Asset] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self._keep(path.relative_to(folder).as_posix(), path.read_bytes())
        for name, body in generated.items():
            self._keep(name, body)

    def _keep(self, name: str, body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()[:NAME_LENGTH]
        stem, dot, suffix = name.rpartition(".")
        address = f"{PREFIX}{stem}.{digest}{dot}{suffix}"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/") or suffix in {"js", "svg"}:
            kind = f"{kind}; charset=utf-8"
        packed = gzip.compress(body, 9, mtime=0)
        self._addresses[name] = address
        self._files[address] = Asset(body, packed if len(packed) < len(body) else None, kind, f'"{digest}"')

    def address(self, name: str) -> str:
        """Give the hashed address of a file; ``KeyError`` for a name that does not exist."""
        return self._addresses[name]

    def find(self, address: str) -> Asset | None:
        return self._files.get(address)
