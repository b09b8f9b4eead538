"""A person is warned before a phone number, a mail address or a home becomes public."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from markupsafe import Markup

from shapedby.text import ContactKind, contacts, mark, plain

MADRID = Path(__file__).resolve().parents[3] / "shared" / "data" / "civic" / "madrid-2024-ideas.csv"
MOST_HELD = 5

PHONES = [
    "07700 900123",
    "+44 (0)7700 900 123",
    "01872 322222",
    "(01872) 322222",
    "020 7946 0018",
    "07700-900-123",
    "0 7 7 0 0 9 0 0 1 2 3",
    "0044 7700 900123",
    "612 34 56 78",
    "612345678",
    "+34 612 345 678",
    "91 234 56 78",
    "912 345 678",
    "(415) 555-2671",
    "+1 415 555 2671",
    "07\u200b700 900123",
    "\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663",
]
MAILS = [
    "me@example.org",
    "me at example dot com",
    "me (at) example.com",
    "yo arroba correo punto com",
    "me[at]example[dot]org",
]
HOMES = [
    "TR1 3AY",
    "tr1 3ay",
    "SW1A1AA",
    "12 Fore Street",
    "12a High St",
    "12, Fore Street",
    "Flat 2, 14 St Mary's Road",
    "221 Baker Street",
    "7 Lower Castle Road",
    "Calle Mayor 12",
    "C/ Mayor, 12",
    "c/ mayor 12",
    "calle mayor, 12",
    "Avda. de la Constitución nº 45",
    "calle Alcalá número 5",
    "Plaza del Sol, 3",
]
LIVED_IN = [
    "I live at [12 Fore Street] and the bins are never emptied",
    "we have lived in [7 Lower Castle Road] since 1990",
    "Come to my house, [12a High St], and see",
    "My neighbour at [14 St Mary's Road] never sleeps",
    "[12 Fore Street], where I live, floods",
    "[221 Baker Street] is my home",
    "the path behind [12 Fore Street, TR1 3AY] is dark",
    "ring 07700 900123, [12 Fore Street]",
    "write to me@example.org or [12 Fore Street]",
    "[Flat 2, 14 St Mary's Road] has rats",
    "[14 Fore Street], flat 2, has rats",
    "it's at [12 Fore Street], knock twice",
    "Vivo en la [calle Mayor 12] y no duermo",
    "Soy vecina de la [calle Alcalá 45] y lo veo a diario",
    "mi casa, en [C/ Mayor, 12], se inunda",
    "Mi domicilio: [Avda. de la Constitución nº 45]",
    "la [calle Mayor 12], donde vivo, se inunda",
    "[calle Mayor, 12], 3º B",
    "[calle Mayor, 12] 2ª izquierda",
    "[C/ Mayor 12], piso 4",
    "[Calle Lardero 14], 28032 Madrid",
    "la [Plaza del Sol, 3] es mi casa",
]
PLACES = [
    "A bench outside 12 Fore Street would help",
    "The crossing at 45 High Street is dangerous",
    "Use the empty shop, 7 Castle Street, as a library",
    "Move the bins from 14 St Mary's Road to 20 St Mary's Road. I live nearby and see it daily.",
    "un paso de cebra en la calle Luis Ruiz 84",
    "el solar de la Plaza de Bravo Murillo, 297",
    "PASO DE PEATONES CALLE SANDALO Nº 5",
    "junto al centro de mayores de la Avda. de la Albufera 110",
    "los vecinos de la calle Encajeras nº 19 lo piden",
    "Vivo cerca. El descampado de la calle Ocaña, 120 está sucio",
    "la parada de la calle Valmojado 45, y otra 300 metros más allá",
]
NOBODY = [
    "in 2024 and 2025",
    "from 2010 - 2019",
    "£12,500 and €3.500.000",
    "650.000.000 euros",
    "600 000 000",
    "buses 27 and 28A",
    "bus 27 High Street",
    "12/03/2026 18:30",
    "01-02-2026 10:30",
    "2026-03-12 18:30",
    "on 12 March 2026 at 10.30",
    "the crossing at Fore Street",
    "la calle Mayor",
    "por la Avenida 25 de julio",
    "call 101, 111, 999 or 112",
    "In 2024 High Street was closed",
    "20 new street lights",
    "3 School Street schemes",
    "10 Fore Street bus stops",
    "01 02 03 04 05",
    "calle Mayor 20 km",
    "calle Alcalá 2019",
    "en la Plaza Mayor hay 3 bancos",
    "plazas de garaje o 10 euros",
    "0300 1234 100",
    "0800 111 999",
    "A30 2nd exit",
    "population 536,000 in 2021",
    "M5 3pm",
    "2,738 ideas and 5,633 comments",
    "1 2 3 4 5 6 7 8 9",
    "https://a.example/07700900123/TR1-3AY",
    "TR1",
    "@council",
    "10 Downing way of life",
]


@pytest.mark.parametrize(
    ("kind", "written"),
    [(kind, one) for kind, all_ in zip(ContactKind, (PHONES, MAILS, HOMES), strict=True) for one in all_],
)
def test_what_leads_to_a_person_is_found_where_it_stands(kind: ContactKind, written: str) -> None:
    text = f"Hello, it is {written} and thank you"
    (found,) = contacts(text)
    assert found.kind is kind
    assert found.matched == text[found.start : found.end] == written


def test_small_letters_are_an_address_where_somebody_lives() -> None:
    assert [found.matched for found in contacts("i live at 12 fore street, come round")] == ["12 fore street"]


@pytest.mark.parametrize("marked", LIVED_IN)
def test_a_street_is_a_home_where_somebody_lives_or_a_door_or_a_postcode_goes_with_it(marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    homes = [found.matched for found in contacts(text) if found.kind is ContactKind.HOME]
    street = marked[marked.index("[") + 1 : marked.index("]")]
    assert ", ".join(homes) == street


@pytest.mark.parametrize("text", PLACES)
def test_a_street_with_a_number_is_a_place_where_nobody_says_that_they_live_there(text: str) -> None:
    assert contacts(text) == ()


def test_in_what_somebody_says_of_themselves_a_street_is_enough() -> None:
    assert contacts("Gardener, 12 Fore Street") == ()
    assert [found.matched for found in contacts("Gardener, 12 Fore Street", of_oneself=True)] == ["12 Fore Street"]


@pytest.mark.slow
def test_ideas_about_the_places_of_a_city_seldom_wait_for_their_addresses() -> None:
    if not MADRID.is_file():
        pytest.skip("the ideas of Madrid are not beside this checkout (../shared/data/civic)")
    csv.field_size_limit(10**7)
    with MADRID.open(encoding="utf-8-sig", newline="") as file:
        texts = [f"{row['title']}\n\n{plain(Markup(row['body_html']))}" for row in csv.DictReader(file)]
    assert len(texts) > 2_000
    assert sum(bool(contacts(text)) for text in texts) <= MOST_HELD


@pytest.mark.parametrize("text", NOBODY)
def test_years_prices_buses_dates_and_streets_alone_are_nobody(text: str) -> None:
    assert contacts(text) == ()


def test_a_number_is_found_among_other_numbers() -> None:
    text = "ring 07700 900123 10 to 6, or on 12.03.2026 912 345 678"
    assert [found.matched for found in contacts(text)] == ["07700 900123", "912 345 678"]


def test_several_are_found_in_order_and_can_be_marked() -> None:
    text = "me@a.example, 07700 900123, 12 Fore Street, TR1 3AY"
    found = contacts(text)
    assert [one.kind for one in found] == [
        ContactKind.EMAIL,
        ContactKind.PHONE,
        ContactKind.HOME,
        ContactKind.HOME,
    ]
    assert mark(text, [one.span for one in found]).count("<mark>") == 4
