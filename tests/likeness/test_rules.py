"""Which titles are alike, whatever the form, the slips and the order of their words."""

from __future__ import annotations

import pytest

from shapedby.likeness.rules import Alike, Entry, mark_text, rank, wanted, weigh

OTHERS = (
    "More trees along Fore Street",
    "A later last bus on Fridays",
    "Free swimming lessons for children",
    "Un parque para perros en el puerto",
    "Sacar la basura más a menudo",
)


def best(title: str, other: str, body: str = "") -> tuple[int, Alike] | None:
    """Look for a title among an idea (number 0) and some that are about something else."""
    texts = [(other, body), *((one, "") for one in OTHERS)]
    marked = [mark_text(*text) for text in texts]
    entries = [Entry(number, one.words, frozenset(one.marks)) for number, one in enumerate(marked)]
    found = rank(weigh(wanted(title), {}, 100), mark_text(title).words, entries, 3)
    return (found[0].thing, found[0].alike) if found else None


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Benches by the river", "A bench beside the river"),
        ("river the by benches", "Benches by the river"),
        ("Bencehs by the rivr", "Benches by the river"),
        ("Arreglar las aceras rotas", "Arreglo de acera rota"),
        ("mas arboles en la plaza", "Más árboles en la plaza"),
        ("Llwybr beicio ger yr afon", "Llwybrau beicio wrth yr afon"),
        ("Spielplatz am Bahnhof erneuern", "Der Spielplatz beim Bahnhof wird erneuert"),
        ("公園にベンチを", "ベンチを公園に"),
        ("Скамейки у реки", "Скамейка возле реки"),
    ],
)
def test_an_idea_is_found_across_inflection_slips_and_order(title: str, other: str) -> None:
    found = best(title, other)
    assert found
    assert found[0] == 0


def test_how_alike_two_titles_are_is_said_in_words() -> None:
    assert best("Benches by the river", "Benches by the river") == (0, Alike.NEARLY_THE_SAME)
    assert best("benches by the river", "Benches by the river and lights on the path home") == (0, Alike.VERY)
    assert best("Benches", "Benches by the river and lights on the path home") == (0, Alike.SOMEWHAT)
    assert best("A helicopter", "Benches by the river") is None
    assert best("", "Benches by the river") is None


def test_words_that_only_the_text_has_count_too() -> None:
    assert best("Somewhere to sit at the quay", "Benches", "There is nowhere to sit along the quay.") is not None
    assert best("Somewhere to sit at the quay", "Benches") is None


def test_a_very_long_text_has_no_more_marks_than_fit() -> None:
    long = " ".join(f"word{number}x{number * 7919}" for number in range(20_000))
    assert len(mark_text(long, long).marks) < 700
