"""Writing the pages about this site, and what is left to fill in."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from posting import field_in, token_in

from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.settings import SettingsError, read
from shapedby.story import actions, queries
from shapedby.story.rules import About, Gap

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    import httpx
    from ground import Database, SignedIn
    from litestar import Litestar

    SignIn = Callable[..., Awaitable[SignedIn]]

LANGUAGES = ("en", "es")


async def saved(client: httpx.AsyncClient, name: str, **changed: str) -> httpx.Response:
    shown = (await client.get(f"/desk/pages/{name}")).text
    given = {"csrf": token_in(shown)}
    for code in LANGUAGES:
        given[f"seen_{code}"] = field_in(shown, f"seen_{code}")
        found = queries.default(About(name), code)
        given[f"text_{code}"] = found.source if found else ""
    return await client.post(f"/desk/pages/{name}", data={**given, **changed})


@pytest.mark.parametrize("address", ["/desk/pages", "/desk/pages/terms", "/desk/pages/terms/en/0"])
async def test_the_editor_exists_for_officers_and_administrators_only(
    address: str, visitor: httpx.AsyncClient, sign_in: SignIn
) -> None:
    assert (await visitor.get(address)).headers["location"].startswith("/sign-in")
    for role, status in ((Role.RESIDENT, 404), (Role.MODERATOR, 404), (Role.OFFICER, 200), (Role.ADMINISTRATOR, 200)):
        assert (await (await sign_in(role)).client.get(address)).status_code == status


async def test_a_saved_page_is_public_at_once_and_its_act_is_recorded(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    officer = await sign_in(Role.OFFICER)
    answer = await saved(officer.client, "terms", text_en="## Be fair\n\nTo {council}, <b>always</b>.")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/pages/terms?done=statement-saved")
    page = (await visitor.get("/about/terms")).text
    assert "To Porthmere, &lt;b&gt;always&lt;/b&gt;." in page
    assert "Tus palabras" in (await visitor.get("/about/terms?lang=es")).text
    acts = await database.ask("SELECT verb, kind, reason FROM act WHERE person = $1", officer.person)
    assert [tuple(act) for act in acts] == [("write", "statement", "terms en version 1")]


async def test_saving_the_same_again_changes_nothing(database: Database, sign_in: SignIn) -> None:
    officer = await sign_in(Role.OFFICER)
    answer = await saved(officer.client, "complaints")
    assert answer.headers["location"] == "/desk/pages/complaints?done=statement-same"
    assert await database.ask("SELECT 1 FROM statement WHERE name = 'complaints'") == []


async def test_a_preview_saves_nothing_and_keeps_the_text(database: Database, sign_in: SignIn) -> None:
    officer = await sign_in(Role.OFFICER)
    answer = await saved(officer.client, "complaints", act="preview", text_en="## New words\n\n[gap here]")
    assert answer.status_code == 200
    assert '<h2 id="en-part-new-words">New words</h2>' in answer.text
    assert "<mark>[gap here]</mark>" in answer.text
    assert "## New words\n\n[gap here]</textarea>" in answer.text
    assert await database.ask("SELECT 1 FROM statement WHERE name = 'complaints'") == []


@pytest.mark.parametrize(("wrong", "error"), [("", "Fill this in"), ("x" * 10_001, "Shorten this to 10000")])
async def test_an_error_keeps_what_was_typed(wrong: str, error: str, database: Database, sign_in: SignIn) -> None:
    officer = await sign_in(Role.OFFICER)
    answer = await saved(officer.client, "complaints", text_en=wrong, text_es="Hola, esto se queda")
    assert answer.status_code == 422
    assert f'<a href="#text_en">{error}' in answer.text
    assert "Hola, esto se queda</textarea>" in answer.text


async def test_two_officers_do_not_overwrite_each_other_unawares(database: Database, sign_in: SignIn) -> None:
    await saved((await sign_in(Role.OFFICER)).client, "cookies", text_en="Theirs, newer.")
    late = await sign_in(Role.OFFICER)
    answer = await saved(late.client, "cookies", text_en="Mine, older.", seen_en="0")
    assert answer.status_code == 422
    assert "A colleague has changed this page" in answer.text
    assert "Mine, older.</textarea>" in answer.text
    assert field_in(answer.text, "seen_en") == "1"
    rows = await database.ask("SELECT source FROM statement WHERE name = 'cookies' AND language = 'en'")
    assert [row[0] for row in rows] == ["Theirs, newer."]


async def test_an_older_text_can_be_used_again_and_becomes_a_new_version(
    database: Database, sign_in: SignIn, visitor: httpx.AsyncClient
) -> None:
    officer = await sign_in(Role.OFFICER, name="Ada Penrose")
    await saved(officer.client, "rules", text_en="Short rules.")
    shown = (await officer.client.get("/desk/pages/rules/en/0")).text
    assert "The person who wrote the text does not learn" in shown
    answer = await officer.client.post("/desk/pages/rules/en/0", data={"csrf": token_in(shown)})
    assert answer.headers["location"] == "/desk/pages/rules?done=statement-saved"
    assert "The person who wrote the text does not learn" in (await visitor.get("/about/rules")).text
    history = (await officer.client.get("/desk/pages/rules")).text
    assert "Version 2" in history
    assert "Ada Penrose" in history
    for nowhere in ("/desk/pages/rules/en/9", "/desk/pages/rules/xx/0", "/desk/pages/nothing"):
        assert (await officer.client.get(nowhere)).status_code == 404


async def test_only_officers_can_save(database: Database, app: Litestar) -> None:
    with pytest.raises(Missing):
        await actions.save_statement(Actor(person=1, role=Role.MODERATOR), About.TERMS, "en", "Mine")


# Placeholders


async def test_placeholders_are_listed_logged_shown_on_the_desk_and_can_be_filled(
    database: Database, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    left = await actions.placeholders(LANGUAGES)
    assert Gap(About.CONTACT, "en", "[phone number]") in left
    assert Gap(About.CONTACT, "en", "[e-mail address]") in left
    assert Gap(About.CONTACT, "en", "[e-mail address]") not in await actions.placeholders(LANGUAGES, "us@example.org")
    with caplog.at_level(logging.WARNING):
        await actions.warn_of_placeholders(database.settings)
    assert "contact (en): [phone number]" in caplog.text
    officer = await sign_in(Role.OFFICER)
    assert 'href="/desk/pages"' in (await officer.client.get("/desk")).text
    assert "[phone number]" in (await officer.client.get("/desk/pages")).text
    actor = Actor(person=officer.person, role=Role.OFFICER)
    filled = {gap.text: "filled" for gap in left if gap.language == "en" and gap.text != "[e-mail address]"}
    assert await actions.fill_placeholders(actor, "en", filled) == 2
    assert await actions.placeholders(["en"], "us@example.org") == []


async def test_savings_at_the_same_moment_make_one_version_and_refuse_the_rest(
    database: Database, app: Litestar
) -> None:
    actor = Actor(person=await database.new_person(Role.OFFICER), role=Role.OFFICER)
    texts = ("One.", "Two.", "Three.")
    savings = [actions.save_statement(actor, About.HOW_IT_WORKS, "es", text, seen=0) for text in texts]
    answers = await asyncio.gather(*savings, return_exceptions=True)
    assert answers.count(True) == 1
    assert [type(answer) for answer in answers if answer is not True] == [Refused, Refused]


# Settings


@pytest.mark.parametrize("wrong", ["us", "us@", "a@b.example, c@d.example", "us@example.org\nBcc: x@y.example"])
def test_a_contact_that_is_no_address_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SHAPEDBY_CONTACT"):
        read({"SHAPEDBY_DATA": str(tmp_path), "SHAPEDBY_CONTACT": wrong})
