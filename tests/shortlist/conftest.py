"""What tests of the desk stand on: mails can be written, and a challenge is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from published import new_challenge

from shapedby.app import prepare
from shapedby.kernel import Role

if TYPE_CHECKING:
    from ground import Database


@dataclass(frozen=True)
class Asked:
    """An open challenge, and the officer who wrote it."""

    database: Database
    challenge: int
    officer: int


@pytest.fixture(scope="module")
async def asked(pool: Database) -> Asked:
    """Publish a challenge that needs two supports, with criteria of 60 and 40 percent."""
    prepare(pool.settings)
    by = await pool.new_person(Role.OFFICER)
    return Asked(pool, await new_challenge(by, "asked"), by)
