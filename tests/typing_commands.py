"""Typing a command of ``shapedby`` in a test."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from shapedby.cli import main
from shapedby.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def shapedby(*words: str, given: Mapping[str, str], typed: str = "") -> Result:
    """Type a command; it runs in this process, and nothing but its own errors may come out of it."""
    settings.cache_clear()
    with patched(given):
        answer = CliRunner().invoke(main, words, input=typed)
    settings.cache_clear()
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


@contextmanager
def patched(given: Mapping[str, str]) -> Iterator[None]:
    """Run what is inside in another environment."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(given)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
