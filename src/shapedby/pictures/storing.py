"""Where the bytes of pictures lie, each under the hash of itself: a folder, or storage that speaks S3's language."""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from shapedby.pictures.rules import KIND, is_name

S3 = "s3://"


class StorageGone(Exception):  # noqa: N818 - it says what is, where it is caught
    """The storage does not answer."""


class Store(Protocol):
    """What both kinds of storage can do; a name is the hash of the bytes, so nothing is ever overwritten."""

    async def put(self, data: bytes) -> str:
        """Keep bytes, and give their name."""
        ...

    async def get(self, name: str) -> bytes | None:
        """Give the bytes of a name; None where there are none."""
        ...

    async def remove(self, name: str) -> None:
        """Remove the bytes of a name, if they are there."""
        ...

    async def names(self) -> list[tuple[str, datetime]]:
        """List every name, with when it came."""
        ...


def store(place: str) -> Store:
    """Open the storage that a setting names: a folder, or ``s3://bucket/prefix?endpoint=https://…&region=…``."""
    return Bucket(place) if place.startswith(S3) else Folder(Path(place))


def name_of(data: bytes) -> str:
    """Give the name of bytes."""
    return hashlib.sha256(data).hexdigest()


class Folder:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, name: str) -> Path:
        if not is_name(name):
            raise ValueError(name)
        return self._root / name[:2] / name

    async def put(self, data: bytes) -> str:
        return await asyncio.to_thread(self._put, data)

    def _put(self, data: bytes) -> str:
        name = name_of(data)
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.touch()
            return name
        # Whole or not at all, whatever happens meanwhile; and on the disk before anybody is told so.
        handle, half = tempfile.mkstemp(dir=path.parent, prefix=".half-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(half).replace(path)
        return name

    async def get(self, name: str) -> bytes | None:
        try:
            return await asyncio.to_thread(self._path(name).read_bytes)
        except FileNotFoundError:
            return None

    async def remove(self, name: str) -> None:
        await asyncio.to_thread(self._path(name).unlink, missing_ok=True)

    async def names(self) -> list[tuple[str, datetime]]:
        return await asyncio.to_thread(lambda: list(self._names()))

    def _names(self) -> Iterator[tuple[str, datetime]]:
        for path in self._root.glob("??/*"):
            if is_name(path.name):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


class Bucket:
    """A bucket of S3, or of anything that speaks its language; keys and region as its own tools read them."""

    def __init__(self, address: str) -> None:
        import boto3
        from botocore.config import Config

        parts = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._bucket = parts.netloc
        self._prefix = f"{parts.path.strip('/')}/" if parts.path.strip("/") else ""
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=asked.get("endpoint"),
            region_name=asked.get("region"),
            config=Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 3, "mode": "standard"}),
        )

    async def put(self, data: bytes) -> str:
        name = name_of(data)
        key = self._prefix + name
        await self._call("put_object", Key=key, Body=data, ContentType=KIND)
        return name

    async def get(self, name: str) -> bytes | None:
        from botocore.exceptions import ClientError

        try:
            found = await self._call("get_object", Key=self._prefix + name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
                return None
            raise StorageGone from error
        return await asyncio.to_thread(found["Body"].read)

    async def remove(self, name: str) -> None:
        await self._call("delete_object", Key=self._prefix + name)

    async def names(self) -> list[tuple[str, datetime]]:
        found: list[tuple[str, datetime]] = []
        more: dict[str, str] = {}
        while True:
            page = await self._call("list_objects_v2", Prefix=self._prefix, **more)
            for one in page.get("Contents", ()):
                name = str(one["Key"]).removeprefix(self._prefix)
                if is_name(name):
                    found.append((name, one["LastModified"]))
            if not page.get("IsTruncated"):
                return found
            more = {"ContinuationToken": page["NextContinuationToken"]}

    async def _call(self, verb: str, **given: object) -> Any:  # noqa: ANN401 - what the library answers has no type
        from botocore.exceptions import BotoCoreError

        try:
            return await asyncio.to_thread(getattr(self._client, verb), Bucket=self._bucket, **given)
        except BotoCoreError as error:
            raise StorageGone from error
