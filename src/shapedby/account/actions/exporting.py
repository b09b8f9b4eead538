"""Taking one's data away: asked for, put together by the worker, and taken once."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

from shapedby import db
from shapedby.account.queries import about, exports
from shapedby.account.queries.about import Told
from shapedby.account.rules.naming import Why
from shapedby.kernel import Actor, Refused
from shapedby.mail.actions import in_use, spoken
from shapedby.notices.actions import tell

MOST_AT_ONCE = 20


async def ask_for_data(actor: Actor, language: str) -> None:
    """Ask for a file with everything about oneself; again while it is made changes nothing.

    Raises ``Refused`` for a second one on the same day.
    """
    async with db.transaction():
        if await exports.asked_today(actor.person):
            raise Refused(Why.ONE_EACH_DAY)
        await exports.ask(actor.person, language)


async def put_together() -> int:
    """Put the files together that people have asked for, and tell them; gives how many."""
    made = 0
    while made < MOST_AT_ONCE and await _put_next_together():
        made += 1
    return made


async def _put_next_together() -> bool:
    async with db.transaction():
        asked = await exports.next_asked()
        if asked is None:
            return False
        told = await about.everything_about(asked.person)
        await exports.keep(asked.id, packed(told, asked.language))
        await tell([asked.person], "account/data_ready", {}, kind="account", once=f"data-{asked.id}")
        return True


async def take(actor: Actor, number: int) -> bytes:
    """Take one's own file; raises ``Refused`` where it is taken already, over, or somebody else's."""
    file = await exports.take(number, actor.person)
    if file is None:
        raise Refused(Why.TAKEN)
    return file


def packed(told: Sequence[Told], language: str) -> bytes:
    """Pack everything twice into one ZIP: ``data.json`` for programs, ``data.html`` to read, in a language."""
    as_json = json.dumps({one.key: list(one.rows) for one in told}, ensure_ascii=False, indent=2)
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", as_json)
        archive.writestr("data.html", _to_read(told, language))
    return packed_up.getvalue()


def _to_read(told: Sequence[Told], language: str) -> str:
    site = in_use()
    template = site.pages[spoken(language)].get_template("account/_data.html")
    return template.render(told=told, council={"name": site.settings.council, "url": site.settings.url})
