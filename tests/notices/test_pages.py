"""Following, choosing and stopping over HTTP, as people and mail programs do it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from ground import Database, SignedIn
from hearing import HIDDEN, anything_can_be_followed, nothing_is_told
from posting import token_in

from shapedby import db
from shapedby.notices.actions import About, How, Kind, deliver, follow, follows
from shapedby.notices.actions.telling import tell_each
from shapedby.notices.queries import choices
from shapedby.notices.rules import DIGEST, stop_token

SignIn = Callable[..., Awaitable[SignedIn]]
CHOICES = {f"how_{kind}": "weekly" for kind in Kind}


@pytest.fixture(autouse=True)
async def quiet(app: object) -> None:
    """Begin with things to follow and nothing told."""
    anything_can_be_followed()
    await nothing_is_told()


async def send(person: SignedIn, address: str, page: str = "/account/notices", **fields: str) -> httpx.Response:
    """Send a form with the token of a page."""
    token = token_in((await person.client.get(page)).text)
    return await person.client.post(address, data={"csrf": token, **fields})


async def test_a_visitor_is_led_through_the_sign_in_and_back_to_a_button(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/follow/idea/12")
    assert page.status_code == 200
    assert 'href="/sign-in?next=/follow/idea/12"' in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert "set-cookie" not in page.headers


async def test_opening_a_page_follows_nothing(sign_in: SignIn) -> None:
    ann = await sign_in()
    assert "Follow this idea" in (await ann.client.get("/follow/idea/12")).text
    assert not await follows(ann.person, About.IDEA, 12)
    assert await db.value("SELECT count(*) FROM notice_topic WHERE number = 12") == 0


async def test_a_button_follows_and_another_stops_it(sign_in: SignIn) -> None:
    bea = await sign_in()
    for _ in range(2):
        answer = await send(bea, "/follow/idea/12", "/follow/idea/12")
        assert (answer.status_code, answer.headers["location"]) == (303, "/things/12?done=followed")
    page = (await bea.client.get("/account/notices")).text
    assert "Thing 12" in page
    for _ in range(2):
        answer = await send(bea, "/unfollow/idea/12", back="list")
        assert answer.headers["location"] == "/account/notices?done=unfollowed"
    assert not await follows(bea.person, About.IDEA, 12)


@pytest.mark.parametrize("address", [f"/follow/idea/{HIDDEN}", "/follow/person/1", "/follow/idea/99999999999999999999"])
async def test_what_is_not_public_cannot_be_followed(sign_in: SignIn, address: str) -> None:
    cem = await sign_in()
    assert (await cem.client.get(address)).status_code == 404
    assert (await send(cem, address)).status_code == 404


async def test_what_was_hidden_since_can_still_be_unfollowed_and_is_not_named(sign_in: SignIn) -> None:
    dee = await sign_in()
    await db.run("INSERT INTO notice_topic (about, number) VALUES ('idea', $1) ON CONFLICT DO NOTHING", HIDDEN)
    await db.run(
        "INSERT INTO follow (person, topic) SELECT $1, id FROM notice_topic WHERE number = $2", dee.person, HIDDEN
    )
    page = (await dee.client.get("/account/notices")).text
    assert "not public any more" in page
    assert f"Thing {HIDDEN}" not in page
    await send(dee, f"/unfollow/idea/{HIDDEN}")
    assert not await follows(dee.person, About.IDEA, HIDDEN)


async def test_who_has_not_answered_the_first_questions_does_that_first(sign_in: SignIn, database: Database) -> None:
    eve = await sign_in()
    await database.ask("UPDATE person SET welcomed_at = NULL WHERE id = $1", eve.person)
    assert "/welcome?next=/follow/idea/12" in (await eve.client.get("/follow/idea/12")).text


async def test_how_to_hear_of_things_is_chosen_kind_by_kind(sign_in: SignIn) -> None:
    fay = await sign_in()
    answer = await send(fay, "/account/notices", **CHOICES)
    assert answer.headers["location"] == "/account/notices?done=mail-chosen"
    assert set((await choices(fay.person)).values()) == {How.WEEKLY}
    answer = await send(fay, "/account/notices", how_news="sometimes")
    assert answer.status_code == 422
    assert "Choose one of the answers" in answer.text
    assert (await choices(fay.person))[Kind.NEWS] is How.WEEKLY


async def test_the_page_says_what_cannot_be_switched_off_and_why(sign_in: SignIn) -> None:
    page = (await (await sign_in()).client.get("/account/notices")).text
    assert "The mail that signs you in" in page
    assert "you have a right to know" in page


async def test_a_mails_own_address_stops_its_kind_without_a_sign_in(
    visitor: httpx.AsyncClient, sign_in: SignIn, database: Database
) -> None:
    gus = await sign_in()
    news = {"title": {"en": "A bench"}, "slug": "a-bench", "words": {"en": "It stands."}}
    await tell_each({gus.person: Kind.SESSIONS}, "coproduction/news", news, about=(About.IDEA, 3), once=None)
    await deliver()
    (mail,) = await database.ask("SELECT text, html, stop FROM outgoing_mail")
    found = re.search(r"https?://\S+/stop/\S+", mail["text"])
    assert found
    assert found[0] == mail["stop"]
    address = found[0].removeprefix(str(visitor.base_url).rstrip("/"))
    page = await visitor.get(address)
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert (await choices(gus.person))[Kind.SESSIONS] is How.AT_ONCE, "a look changes nothing"
    answer = await visitor.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "RFC 8058 asks for an answer that is no redirect"
    assert "Workshops and meetings" in answer.text
    assert (await choices(gus.person))[Kind.SESSIONS] is How.NEVER
    assert (await choices(gus.person))[Kind.MY_IDEAS] is How.AT_ONCE
    await tell_each({gus.person: Kind.SESSIONS}, "coproduction/news", news, about=(About.IDEA, 3), once=None)
    assert await deliver() == 0
    assert (await visitor.post(f"{address}/again")).status_code == 200
    assert (await choices(gus.person))[Kind.SESSIONS] is How.AT_ONCE


async def test_the_address_of_a_digest_stops_what_comes_in_digests(
    visitor: httpx.AsyncClient, sign_in: SignIn, database: Database
) -> None:
    hal = await sign_in()
    token = stop_token(database.settings.secret, hal.person, DIGEST)
    assert (await visitor.post(f"/stop/{token}")).status_code == 200
    kept = await choices(hal.person)
    assert {kind for kind, how in kept.items() if how is How.NEVER} == {Kind.NEWS, Kind.NEW_IDEAS, Kind.DISCUSSIONS}


@pytest.mark.parametrize("token", ["x", "1-news-0000", "1-sign_in-" + "0" * 32, "1--", "é"])
async def test_an_address_that_we_did_not_make_stops_nothing(visitor: httpx.AsyncClient, token: str) -> None:
    for answer in (await visitor.get(f"/stop/{token}"), await visitor.post(f"/stop/{token}")):
        assert answer.status_code == 404
    assert await db.value("SELECT count(*) FROM mail_choice") == 0


async def test_an_area_can_be_followed_from_the_list(sign_in: SignIn, database: Database) -> None:
    ida = await sign_in()
    names = {"en": "Harbour", "es": "El Puerto"}
    area = (await database.ask("INSERT INTO area (slug, name) VALUES ('harbour-x', $1) RETURNING id", names))[0][0]
    assert "Harbour" in (await ida.client.get("/account/notices")).text
    answer = await send(ida, f"/follow/area/{area}", back="list")
    assert answer.headers["location"] == "/account/notices?done=followed"
    assert await follow(ida.person, About.AREA, area)
