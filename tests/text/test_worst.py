"""The worst that fits into a text: it is cleaned in time, and others are served meanwhile."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from shapedby.text import TOO_LONG, Format, clean, clean_later, contacts, links, one_line, plain

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_SECONDS = 0.4


def filled(start: str, filler: str) -> str:
    """Return `start` and then `filler` again and again, TOO_LONG characters in all."""
    return (start + filler * TOO_LONG)[:TOO_LONG]


FORMATTING = "".join(f"<b x={number}>" for number in range(18))
WRITTEN = r"""
    [ ![[]( [* *[ [a]( > - \\ *a* ***a _a ` `a ~~~ # 1. a.co x@y.org http:// a. a- a@ @ & < " ( . , &amp; &#x41; <b>
    <ul><li> <p> </p> </br> <br> <b>a</b> <b><p> <li> <div> <h1> <a/href=x> <a/href='http://a.co'>b.co</a> <script>
    <script </script> <!-- <! <? <table> <table><a/href=//a> <svg> <math> <pre> <select> <template> <textarea>
    <plaintext> <a/href=' [url= href= (at) calle
"""
SPACED = [
    "> ",
    "- ",
    "- - - - ",
    "* a\n",
    "a\n\n",
    "*a* ",
    "`` ` ",
    "~~~\n",
    "#\n",
    "1. a\n",
    "\\\n",
    "a.co ",
    "x@y.org ",
]
UNWRITTEN = ["<a b=c ", "0 7 ", "12 Aa ", "calle a ", "\u0301", "\u200d", "\U0001f468\u200d", "\u3002", "\u0430.com "]
REPEATED = [*WRITTEN.split(), *SPACED, *UNWRITTEN]
COMPOSED = {
    "ampersands behind formatting that each paragraph repeats": filled(FORMATTING + "<p>a" * 470, "&"),
    "as many items as allowed, then brackets": filled("<ul>" + "<li>a" * 490, "<"),
    "as many emphases as allowed, then ampersands": filled("*a* " * 230, "&"),
    "a hundred links, then ampersands": filled("a.co " * 100, "&"),
    "one long address": filled("http://a.co/?", "&"),
    "five long addresses": ("http://a.co/?" + "a," * 980 + " ") * 5,
    "formatting closed in the wrong order": filled(
        "<em><strong><b><i><code><p></em></strong></b></i></code>" * 40, "&"
    ),
    "links closed in the wrong order": filled("<a href=http://a.co><p></a>x</p>" * 120, "&"),
    "tags and text in turn": filled("<b>&<i>" * 240, "&"),
    "all depths of a list": filled("".join("  " * depth + "- a\n" for depth in range(10)) * 30, "["),
}
WORST = {**{f"{piece!r} repeated": filled("", piece) for piece in REPEATED}, **COMPOSED}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the quickest of three runs: other processes share this machine."""
    times: list[float] = []
    for _ in range(3):
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
        if times[-1] < LIMIT_SECONDS / 2:
            break
    return min(times)


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("name", WORST)
def test_the_worst_texts_are_cleaned_within_the_limit(name: str, form: Format) -> None:
    assert seconds(lambda: clean(WORST[name], format=form)) < LIMIT_SECONDS


@pytest.mark.parametrize("look", [links, contacts, one_line, plain])
def test_looking_for_things_in_the_worst_texts_is_no_slower(look: Callable[[str], object]) -> None:
    times = {name: seconds(lambda text=text: look(text)) for name, text in WORST.items()}
    assert {name: taken for name, taken in times.items() if taken >= LIMIT_SECONDS} == {}


def test_others_are_served_while_the_worst_text_is_cleaned() -> None:
    async def waits() -> tuple[float, float]:
        begin = time.perf_counter()
        worst = COMPOSED["one long address"]
        cleaning = [asyncio.create_task(clean_later(worst, format=Format.HTML)) for _ in range(3)]
        longest = 0.0
        while not all(task.done() for task in cleaning):
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - start)
        await asyncio.gather(*cleaning)
        return longest, time.perf_counter() - begin

    longest, all_of_it = asyncio.run(waits())
    # Measured against each other, so that a busy machine does not matter.
    assert longest < all_of_it / 3
