"""The file with everything about a person: every table that knows of people is in it, and only its owner takes it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from answering import new_idea, new_question, send_form
from ground import Database, SignedIn

from shapedby.account.actions.exporting import put_together
from shapedby.account.queries.about import LEFT_OUT, PARTS, everything_about

if TYPE_CHECKING:
    from litestar import Litestar

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[..., Awaitable[SignedIn]]

_REFERENCES = """
SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass ORDER BY 1
"""
_ADDRESSES = """
SELECT table_name || '.' || column_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name IN ('email', 'address', 'postal', 'phone', 'browser_hash') ORDER BY 1
"""
# Addresses that stand beside a reference to the person, or in a row that has none for a reason.
_OTHER_ADDRESSES = {
    "idea_invitation.email": "in the part of invitations, for whoever made them",
    "outgoing_letter.postal": "the envelope of one letter, forgotten when it is posted",
    "person.email": "in the part of the person",
    "person_contact.phone": "in the part of the contact",
    "person_contact.postal": "in the part of the contact",
    "posting.address": "a place on this site",
    "report.browser_hash": "a hash by which reports without a sign-in count once",
    "report.email": "in the part of reports",
    "sign_in_mail.browser_hash": "a hash that lasts as long as the code",
}


async def test_every_column_that_refers_to_a_person_is_in_the_file_or_left_out_with_a_reason(
    database: Database,
) -> None:
    found = {row[0].replace('"', "") for row in await database.ask(_REFERENCES)}
    covered = {column for part in PARTS for column in part.covers}
    assert covered.isdisjoint(LEFT_OUT)
    assert found - covered - LEFT_OUT.keys() == set()
    assert all(reason.strip() for reason in LEFT_OUT.values())
    addresses = {row[0] for row in await database.ask(_ADDRESSES)}
    assert addresses - covered - _OTHER_ADDRESSES.keys() == set()


async def test_nothing_is_named_that_there_is_not(database: Database) -> None:
    columns = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
    there = {row[0] for row in await database.ask(columns)}
    named = {column for part in PARTS for column in part.covers} | LEFT_OUT.keys() | _OTHER_ADDRESSES.keys()
    assert named - there == set()


async def test_the_file_says_what_a_person_wrote_supported_and_chose(database: Database) -> None:
    question = await new_question(database)
    ann = await database.new_person(name="Ann Bee")
    await new_idea(database, question, ann, title="Ann's own idea")
    other = await new_idea(database, question, title="Somebody else's idea")
    await database.ask(
        "INSERT INTO support (idea, person, since, changed_at) VALUES ($1, $2, now(), now())", other, ann
    )
    told = {one.key: one.rows for one in await everything_about(ann)}
    assert told["me"][0]["name"] == "Ann Bee"
    assert [row["title"] for row in told["ideas"]] == ["Ann's own idea"]
    assert [(row["title"], row["state"]) for row in told["supports"]] == [("Somebody else's idea", "counted")]


def unpacked(answer: httpx.Response) -> tuple[dict[str, Any], str]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return json.loads(archive.read("data.json")), archive.read("data.html").decode()


async def ready(database: Database, somebody: SignedIn) -> int:
    answer = await send_form(somebody.client, "/account/data")
    assert answer.headers["location"] == "/account/data?done=data-asked"
    assert "putting your file together" in (await somebody.client.get("/account/data")).text
    assert await put_together() == 1
    return (await database.ask("SELECT id FROM data_export WHERE person = $1", somebody.person))[0][0]


async def test_the_file_is_made_by_the_worker_mailed_about_and_taken_once(sign_in: SignIn, database: Database) -> None:
    ann = await sign_in(name="Ann <b>Bee</b>")
    number = await ready(database, ann)
    email = (await database.ask("SELECT email FROM person WHERE id = $1", ann.person))[0][0]
    mails = await database.ask("SELECT text FROM outgoing_mail WHERE address = $1", email)
    assert "/account/data" in mails[0]["text"]
    assert "Ann" not in mails[0]["text"]
    assert "Your file is ready" in (await ann.client.get("/account/data")).text
    taken = await send_form(ann.client, "/account/data", f"/account/data/{number}")
    assert taken.headers["content-disposition"] == 'attachment; filename="my-data.zip"'
    assert taken.headers["cache-control"] == "no-store"
    for_programs, to_read = unpacked(taken)
    assert for_programs["me"][0]["email"] == email
    assert "Ann &lt;b&gt;Bee&lt;/b&gt;" in to_read
    assert set(for_programs) == {part.key for part in PARTS}
    again = await send_form(ann.client, "/account/data", f"/account/data/{number}")
    assert again.status_code == 409
    assert (await database.ask("SELECT file FROM data_export WHERE id = $1", number))[0][0] is None
    assert (await send_form(ann.client, "/account/data")).status_code == 409  # one a day


async def test_nobody_else_takes_it_and_after_seven_days_nobody_does(
    sign_in: SignIn, database: Database, visitor: httpx.AsyncClient
) -> None:
    ann, bea = await sign_in(), await sign_in()
    number = await ready(database, ann)
    assert (await send_form(bea.client, "/account/data", f"/account/data/{number}")).status_code == 409
    assert (await visitor.get("/account/data")).status_code == 303
    assert (await ann.client.get(f"/account/data/{number}")).status_code == 405
    await database.ask("UPDATE data_export SET ends_at = now() WHERE id = $1", number)
    assert (await send_form(ann.client, "/account/data", f"/account/data/{number}")).status_code == 409
    assert "was not taken in seven days" in (await ann.client.get("/account/data")).text


async def test_asking_many_times_makes_one_file(sign_in: SignIn, database: Database, app: Litestar) -> None:
    del app
    ann = await sign_in()
    for _ in range(3):
        await send_form(ann.client, "/account/data")
    assert len(await database.ask("SELECT FROM data_export WHERE person = $1", ann.person)) == 1
    assert await put_together() == 1
    assert await put_together() == 0
