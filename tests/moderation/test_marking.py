from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from shapedby.moderation.queries import marked
from shapedby.text import clean


@pytest.mark.parametrize(
    ("cleaned", "passages", "shown"),
    [
        ("<p>order now</p>", ["order now"], "<p><mark>order now</mark></p>"),
        ("<p>Order  NOW, please</p>", ["order now"], "<p><mark>Order  NOW</mark>, please</p>"),
        ("<p>reorder nowhere</p>", ["order now"], "<p>reorder nowhere</p>"),
        ("<p>A &amp; B</p>", ["A & B"], "<p><mark>A &amp; B</mark></p>"),
        ("<p>A &amp; B</p>", ["amp"], "<p>A &amp; B</p>"),
        (
            '<p><a href="https://shop.example">shop</a></p>',
            ["shop.example"],
            '<p><a href="https://shop.example">shop</a></p>',
        ),
        ("<p>a b c</p>", ["b", "a b"], "<p><mark>a b</mark> c</p>"),
        ("<p>x</p>", [], "<p>x</p>"),
        ("<p>x</p>", ["  "], "<p>x</p>"),
    ],
)
def test_passages_are_marked_in_the_text_and_never_in_tags(cleaned: str, passages: list[str], shown: str) -> None:
    assert marked(Markup(cleaned), passages) == shown


@given(st.text(alphabet="ab <>&;\"'#39[]()*_lt\n", max_size=60), st.lists(st.text(alphabet="ab<>&;#39lt ", max_size=6)))
def test_taking_the_marks_out_gives_back_what_was_cleaned(source: str, passages: list[str]) -> None:
    cleaned = clean(source)
    assert marked(cleaned, passages).replace("<mark>", "").replace("</mark>", "") == cleaned
