"""Signing in over HTTP, as people do it: asking for a mail, reading it, using its link or its code."""

from __future__ import annotations

import re

import httpx
from ground import Database

LINK = re.compile(r"/sign-in/link/([A-Za-z0-9_-]{43})")
CODE = re.compile(r"^(\d{3} \d{3})$", re.MULTILINE)
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


async def ask(client: httpx.AsyncClient, email: str, **fields: str) -> httpx.Response:
    """Fill in the sign-in form and send it."""
    form = await client.get("/sign-in")
    return await client.post("/sign-in", data={"csrf": token_in(form), "email": email, **fields})


def token_in(answer: httpx.Response) -> str:
    """Find the token of a page's form."""
    found = TOKEN.search(answer.text)
    assert found, answer.text
    return found[1]


async def mail_to(database: Database, email: str) -> str:
    """Read the newest mail to an address."""
    return (await database.ask("SELECT text FROM outgoing_mail WHERE address = $1 ORDER BY id DESC", email))[0][0]


async def link_to(database: Database, email: str) -> str:
    """Read the link out of the newest mail."""
    found = LINK.search(await mail_to(database, email))
    assert found
    return found[0]


async def code_to(database: Database, email: str) -> str:
    """Read the code out of the newest mail."""
    found = CODE.search(await mail_to(database, email))
    assert found
    return found[1]


async def press(client: httpx.AsyncClient, link: str) -> httpx.Response:
    """Open a mailed link and press its button."""
    return await client.post(link, data={"csrf": token_in(await client.get(link))})


async def type_code(client: httpx.AsyncClient, code: str) -> httpx.Response:
    """Type a code into the page that waits for it."""
    return await client.post("/sign-in/code", data={"csrf": token_in(await client.get("/sign-in/sent")), "code": code})


async def sign_ins(database: Database, email: str) -> int:
    """Count the sign-ins of an address."""
    sql = "SELECT count(*) FROM sign_in s JOIN person p ON p.id = s.person WHERE p.email = $1"
    return (await database.ask(sql, email))[0][0]
