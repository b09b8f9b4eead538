"""The officers' pages about challenges, through an HTTP client."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from answering import send_form
from ground import SignedIn
from published import a_brief, both, new_challenge, officer

from shapedby.challenges import actions, queries
from shapedby.challenges.rules import Stage
from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    SignIn = Callable[..., Awaitable[SignedIn]]


def typed(**changes: str) -> dict[str, str]:
    """Give the fields of a whole challenge."""
    day = datetime.now(UTC).date()
    fields = {
        "slug": "by-form",
        "opens_on": day.isoformat(),
        "closes_on": (day + timedelta(days=30)).isoformat(),
        "supports_needed": "2",
        "answer_days": "28",
        "rows": "3",
        "act": "save",
    }
    for name in ("question", "summary", "why_asked", "who_decides", "what_chosen_gets"):
        fields |= {f"{name}_en": f"{name} in English", f"{name}_es": f"{name} en español"}
    for row, weight in ((1, "60"), (2, "40")):
        fields[f"criterion_{row}_weight"] = weight
        for part in ("name", "meaning"):
            fields |= {f"criterion_{row}_{part}_{code}": f"{part} {row} {code}" for code in ("en", "es")}
    return fields | changes


def number_in(answer: httpx.Response) -> int:
    found = re.search(r"/desk/challenges/(\d+)", answer.headers["location"])
    assert found
    return int(found[1])


async def test_the_desk_is_there_for_officers_only(sign_in: SignIn, visitor: httpx.AsyncClient) -> None:
    pages = ("/desk/challenges", "/desk/challenges/new", "/desk/areas", "/desk/topics")
    resident, moderator = await sign_in(Role.RESIDENT), await sign_in(Role.MODERATOR)
    ada = await sign_in(Role.OFFICER)
    for address in pages:
        assert (await visitor.get(address)).status_code == 303
        assert (await resident.client.get(address)).status_code == 404
        assert (await moderator.client.get(address)).status_code == 404
        assert (await ada.client.get(address)).status_code == 200


async def test_an_officer_writes_previews_and_publishes(sign_in: SignIn, visitor: httpx.AsyncClient) -> None:
    ada = await sign_in(Role.OFFICER)
    answer = await send_form(ada.client, "/desk/challenges/new", **typed(act="preview"))
    assert answer.status_code == 303
    number = number_in(answer)
    assert answer.headers["location"] == f"/desk/challenges/{number}/preview"
    assert await queries.challenge("by-form") is None
    shown = (await ada.client.get(answer.headers["location"])).text
    for words in ("question in English", "who_decides in English", "name 1 en", "60%", "meaning 2 en"):
        assert words in shown
    spanish = (await ada.client.get(f"{answer.headers['location']}?lang=es")).text
    assert "question en español" in spanish
    published = await send_form(ada.client, f"/desk/challenges/{number}/preview", f"/desk/challenges/{number}/publish")
    assert published.headers["location"] == f"/desk/challenges/{number}?done=challenge-published"
    assert "The challenge is public" in (await ada.client.get(f"{published.headers['location']}&lang=en")).text
    found = await queries.challenge("by-form")
    assert found
    assert found.stage is Stage.OPEN
    assert (await visitor.get("/challenges/by-form")).status_code == 200


async def test_a_draft_can_be_kept_with_gaps_and_says_what_it_lacks(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    fields = typed(slug="", question_en="Only a question?", question_es="")
    kept = {name: fields[name] for name in fields if name.startswith(("question", "opens", "closes", "s", "answer"))}
    kept |= {"slug": "", "summary_en": "", "summary_es": ""}
    answer = await send_form(ada.client, "/desk/challenges/new", **kept)
    number = number_in(answer)
    page = (await ada.client.get(f"/desk/challenges/{number}")).text
    assert "Before you publish" in page
    assert "Why we ask (en): fill this in" in page
    refused = await send_form(ada.client, f"/desk/challenges/{number}", f"/desk/challenges/{number}/publish")
    assert refused.status_code == 422
    assert "There is something to put right" in refused.text
    assert await queries.challenge("only-a-question") is None


async def test_errors_keep_what_was_typed(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    wrong = typed(
        slug="Not an address",
        closes_on="2001-01-01",
        answer_days="soon",
        question_en="<b>Bold</b> & kept?",
        criterion_1_weight="many",
    )
    answer = await send_form(ada.client, "/desk/challenges/new", **wrong)
    assert answer.status_code == 422
    for words in (
        "There is something to put right",
        'href="#slug"',
        'href="#closes_on"',
        'href="#answer_days"',
        'href="#criterion_1_weight"',
        "&lt;b&gt;Bold&lt;/b&gt; &amp; kept?",
        'value="soon"',
        "why_asked en español",
    ):
        assert words in answer.text


async def test_a_criterion_is_added_by_a_button_without_javascript(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    answer = await send_form(ada.client, "/desk/challenges/new", **typed(slug="one-more", act="add"))
    assert answer.headers["location"].endswith("?rows=4#part-criteria")
    page = (await ada.client.get(answer.headers["location"])).text
    assert 'name="criterion_4_weight"' in page
    assert 'value="name 1 en"' in page


async def test_the_slower_writer_keeps_their_words(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    number = await actions.prepare(officer(ada.person), a_brief("slower"))
    page = f"/desk/challenges/{number}"
    first = await send_form(ada.client, page, **typed(slug="slower", seen=""))
    assert first.status_code == 303
    late = await send_form(ada.client, page, **typed(slug="slower", summary_en="My late words", seen="0" * 16))
    assert late.status_code == 422
    assert "A colleague changed this" in late.text
    assert "My late words" in late.text


async def test_a_public_challenge_keeps_its_dates_but_not_its_slips(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    number = await new_challenge(ada.person, "slips")
    page = f"/desk/challenges/{number}"
    assert 'name="closes_on"' not in (await ada.client.get(page)).text
    answer = await send_form(ada.client, page, **typed(summary_en="A better summary", slug="stolen"))
    assert answer.status_code == 303
    found = await queries.challenge("slips")
    assert found
    assert found.summary["en"] == "A better summary"
    empty = await send_form(ada.client, page, **typed(summary_es=""))
    assert empty.status_code == 422
    assert 'href="#summary_es"' in empty.text


async def test_closing_asks_first(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    number = await new_challenge(ada.person, "to-close")
    address = f"/desk/challenges/{number}/close"
    assert "Close this challenge now?" in (await ada.client.get(address)).text
    assert (await send_form(ada.client, address)).status_code == 303
    found = await queries.challenge("to-close")
    assert found
    assert found.stage is Stage.DECIDING
    again = await send_form(ada.client, address)
    assert again.status_code == 409
    assert "takes no ideas now" in again.text


async def test_extending_needs_a_later_day_and_a_reason(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    number = await new_challenge(ada.person, "to-extend")
    address = f"/desk/challenges/{number}/extend"
    empty = await send_form(ada.client, address, closes_on="", reason="")
    assert empty.status_code == 422
    assert 'href="#closes_on"' in empty.text
    early = await send_form(ada.client, address, closes_on="2020-01-01", reason="Snow")
    assert "later than the one people know" in early.text
    later = (datetime.now(UTC) + timedelta(days=90)).date()
    answer = await send_form(ada.client, address, closes_on=later.isoformat(), reason="Snow")
    assert answer.status_code == 303
    found = await queries.challenge("to-extend")
    assert found
    assert (found.closes_at.astimezone(UTC) - datetime.now(UTC)).days >= 88


async def test_areas_and_topics_are_added_in_every_language(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    for address in ("/desk/areas", "/desk/topics"):
        half = await send_form(ada.client, address, name_en="The quay", name_es="")
        assert half.status_code == 422
        assert 'href="#name_es"' in half.text
        assert (await send_form(ada.client, address, name_en="The quay", name_es="El muelle")).status_code == 303
        assert "El muelle" in (await ada.client.get(address)).text
        again = await send_form(ada.client, address, name_en="The quay", name_es="El muelle")
        assert again.status_code == 422


async def test_a_number_beyond_every_challenge_is_not_found(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    for number in ("999999", "9" * 30):
        assert (await ada.client.get(f"/desk/challenges/{number}")).status_code == 404


async def test_a_form_without_its_token_changes_nothing(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    number = await actions.prepare(officer(ada.person), a_brief("no-token", summary=both("Kept")))
    answer = await ada.client.post(f"/desk/challenges/{number}", data=typed(summary_en="Changed"))
    assert answer.status_code == 403
    found = await queries.challenge_by_id(number)
    assert found
    assert found.summary["en"] == "Kept"


async def test_what_cannot_be_closed_or_extended_says_so_and_offers_no_button(sign_in: SignIn) -> None:
    ada = await sign_in(Role.OFFICER)
    number = await actions.prepare(officer(ada.person), a_brief("neither"))
    close = (await ada.client.get(f"/desk/challenges/{number}/close")).text
    extend = (await ada.client.get(f"/desk/challenges/{number}/extend")).text
    assert "nothing to close" in close
    assert 'action="/desk/challenges' not in close + extend
