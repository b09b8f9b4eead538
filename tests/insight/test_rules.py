from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from shapedby.insight.rules import cell, cells, columns


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Plain words", "Plain words"),
        ("=1+1", "'=1+1"),
        ("+44 1326", "'+44 1326"),
        ("-5 % of cars", "'-5 % of cars"),
        ("@home", "'@home"),
        ("\tindented", "'\tindented"),
        (-5, "-5"),
        (Decimal("-2.50"), "-2.50"),
        (None, ""),
        (date(2026, 11, 4), "2026-11-04"),
        (datetime(2026, 11, 4, 12, tzinfo=UTC), "2026-11-04T12:00:00+00:00"),
    ],
)
def test_no_cell_is_a_formula(value: object, written: str) -> None:
    assert cell(value) == written


def test_what_the_council_says_in_each_language_has_a_column_for_each() -> None:
    assert columns("title", ("en", "es"), spoken=True) == ("title_en", "title_es")
    assert columns("number", ("en", "es"), spoken=False) == ("number",)
    assert cells({"es": "=Hola"}, ("en", "es"), spoken=True) == ("", "'=Hola")
