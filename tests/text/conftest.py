"""What the tests of `text` share: attacks, and a reader of HTML that knows only the published allow-list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attacking import attacks
from attacking import wrong_in as reader

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def wrong_in() -> Callable[[str], list[str]]:
    """Return a function that lists what stands in an HTML text outside the published allow-list."""
    return reader


@pytest.fixture(scope="session")
def vectors() -> list[str]:
    """Return the payloads of the public collections of attacks."""
    return attacks()
