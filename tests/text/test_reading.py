"""Text without its markup, names on one line, and the moderator's marks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shapedby.text import clean, excerpt, mark, one_line, plain, sanitise_lines


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**Hi** there\nyou\n\n- a\n- b", "Hi there\nyou\n\na\n\nb"),
        ("<p>a<br>b</p><ul><li>c</li></ul> &lt;b", "a\nb\n\nc\n\n<b"),
        ("<script>x()</script><p>a</p>", "a"),
        ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
        ("a\u202eb", "ab"),
    ],
)
def test_plain_text_is_what_a_reader_sees(source: str, text: str) -> None:
    assert plain(source) == text


def test_plain_text_of_a_cleaned_text_and_of_its_source_are_the_same() -> None:
    typed = "# Safe *routes*\n\nTo school, 3 < 4, see https://a.example\n\n> yes"
    assert plain(clean(typed)) == plain(typed)


@pytest.mark.parametrize(
    ("html", "limit", "text"),
    [
        ("<p>Short</p>", 20, "Short"),
        ("<p>one two three</p>", 13, "one two three"),
        ("<p>one two three</p>", 12, "one two…"),
        ("<p>one two three</p>", 8, "one two…"),
        ("<p>one, two</p>", 7, "one…"),
        ("<p>indivisible</p>", 5, "indi…"),
    ],
)
def test_an_excerpt_ends_at_a_word(html: str, limit: int, text: str) -> None:
    assert excerpt(html, limit) == text


@given(some.text(max_size=300), some.integers(min_value=1, max_value=60))
def test_an_excerpt_is_never_longer_than_asked(source: str, limit: int) -> None:
    assert len(excerpt(source, limit)) <= limit


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada \n\t Lovelace ", "Ada Lovelace"),
        ("<b>Ada</b>", "Ada"),
        ("<<b>script>x", "x"),
        ("I <3 parks & bins", "I <3 parks & bins"),
        ("Cou\u200bncil", "Council"),
        ("\u202elicnuoC", "licnuoC"),
        ("Jose\u0301", "Jos\u00e9"),
        ("\u200b\u2060", ""),
        ("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u00e1\u0301\u0301\u0301\u0301"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ],
)
def test_a_name_is_one_line_without_disguise(typed: str, name: str) -> None:
    assert one_line(typed) == name


@given(some.text(max_size=100))
def test_a_name_does_not_change_when_it_is_taken_again(typed: str) -> None:
    assert one_line(one_line(typed)) == one_line(typed)


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        ([], "a&lt;b&gt;cd"),
        ([(0, 1)], "<mark>a</mark>&lt;b&gt;cd"),
        ([(4, 5), (1, 3), (2, 4)], "a<mark>&lt;b&gt;c</mark>d"),
        ([(-3, 1), (5, 99), (3, 2)], "<mark>a</mark>&lt;b&gt;c<mark>d</mark>"),
    ],
)
def test_marks_stand_around_escaped_text(spans: list[tuple[int, int]], html: str) -> None:
    assert mark("a<b>cd", spans) == html


def test_lines_are_answered_in_order_and_a_bad_one_in_its_place() -> None:
    lines = [
        '{"source": "a"}',
        "no",
        "",
        '{"source": "<b>b</b>", "format": "html"}',
        '{"source": 1}',
        '{"source": "x", "format": "pdf"}',
        json.dumps({"source": "x" * 10_001}),
    ]
    answers = [json.loads(answer) for answer in sanitise_lines(lines)]
    assert [list(answer) for answer in answers] == [
        ["html"],
        ["error"],
        ["html"],
        ["error"],
        ["error"],
        ["error"],
    ]
    assert answers[0]["html"] == "<p>a</p>"
    assert answers[2]["html"] == "<strong>b</strong>"
    assert "10000" in answers[5]["error"]
