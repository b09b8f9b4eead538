"""What tests of actions without pages stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shapedby.mail.actions import use
from shapedby.moderation import forms
from shapedby.web.site import build

if TYPE_CHECKING:
    from ground import Database


@pytest.fixture(scope="module")
async def mailing(pool: Database) -> Database:
    """Open the module's database, with the templates that mails are written with."""
    assert forms.MOST_WORDS  # its import registers the words of rules and decisions
    use(build(pool.settings))
    return pool
