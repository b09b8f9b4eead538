"""Both kinds of storage: the same bytes under the same name, and nothing under another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shapedby.pictures.storing import Store, store

BYTES = b"the bytes of a picture"
NAME = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A storage server of its own, on a free port, that speaks S3's language."""
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed: pip install shapedby[s3]")
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    before = {name: os.environ.get(name) for name in keys}
    os.environ.update(keys)
    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address, region_name="eu-west-2").create_bucket(
        Bucket="pictures", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    yield f"s3://pictures/council?endpoint={address}&region=eu-west-2"
    running.stop()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    place: Callable[[str], str] = request.getfixturevalue
    return store(str(tmp_path / "pictures") if request.param == "folder" else place("bucket"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
async def test_bytes_are_kept_under_their_hash_found_listed_and_removed(kept: Store) -> None:
    assert await kept.get(NAME) is None
    assert await kept.put(BYTES) == NAME
    assert await kept.put(BYTES) == NAME, "twice is as once"
    assert await kept.get(NAME) == BYTES
    assert [name for name, _ in await kept.names()] == [NAME]
    await kept.remove(NAME)
    await kept.remove(NAME)
    assert await kept.get(NAME) is None
    assert await kept.names() == []


async def test_a_name_that_is_no_hash_leads_nowhere(tmp_path: Path) -> None:
    folder = store(str(tmp_path))
    with pytest.raises(ValueError, match="secret"):
        await folder.get("../../secret")
