"""A post office for the tests of one module, and settings that send through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from ground import Database, free_port
from post_office import PostOffice

from shapedby import db
from shapedby.app import prepare
from shapedby.settings import Settings


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[PostOffice, str]]:
    """Open a post office, and give its address."""
    handler, port = PostOffice(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
async def settings(pool: Database, office: tuple[PostOffice, str]) -> Settings:
    """Give settings that send through the post office; the outbox is empty before."""
    prepare(pool.settings)
    await db.run("DELETE FROM outgoing_mail")
    return replace(pool.settings, smtp_url=office[1])
