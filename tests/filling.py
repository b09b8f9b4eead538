"""Fills in the forms of every page of the app with a marker, and looks at every answer."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from council import Council
from everybody import Clients, clients_of, handlers
from ground import Database, client_of
from marking import PLAIN, Form, Page, marks
from test_routes import CONCERNS, EXAMPLES, OWN

import shapedby
from shapedby import db
from shapedby.coproduction.pages.write import WRITINGS
from shapedby.kernel import Role
from shapedby.screening import actions as screening
from shapedby.screening.rules import Publicity
from shapedby.shortlist.pages.deciding import WORDS
from shapedby.web import guards

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

FIRST: dict[Any, str] = {
    guards.anyone: "resident",
    guards.signed_in: "resident",
    guards.staff: "moderator",
    guards.moderators: "moderator",
    guards.officers: "officer",
    guards.administrators: "administrator",
    guards.safeguarders: "moderator",
    guards.in_demo: "visitor",
}
"""Who opens a route with this guard where one person has to do for all."""

THINGS = {"evidence": "thing", "record": "unrecorded", "session-change": "ahead", "session-cancel": "ahead"}
SHEETS = [
    f"/desk/projects/{{active_project}}/{name}?phase=co_define&thing={{active_{THINGS.get(name, 'figure')}}}"
    for name in sorted(WRITINGS, key=lambda name: name in {"session-cancel", "gate", "close"})
    if name not in {"missing", "left", "met"}
]
"""Every form with which officers write into a project; what ends something comes last."""

# Whatever else the app reads is found in its code.
COMMON = (
    "id name q query search s term text title page sort order filter next back return_to url redirect callback "
    "lang language done error message ref token"
).split()
READ = re.compile(r"""(?:query_params\.get|asked\.get|chosen|whole)\([^"()]*(?:\([^"()]*)?"([a-z_]+)\"""")
SERVER_ERROR, REFUSED_FIELDS, SEE_OTHER = 500, 422, 303


@asynccontextmanager
async def everybody(app: Litestar, database: Database, council: Council) -> AsyncGenerator[Clients]:
    """Sign everybody in: one moderator has the duty for safeguarding, and somebody has just come."""
    await database.ask("UPDATE person SET safeguarding = true WHERE id = $1", council.people[str(Role.MODERATOR)])
    async with clients_of(app, database, council) as made, client_of(app) as newcomer:
        newcomer.cookies.set("sign-in", await database.new_sign_in(council.people["newcomer"]))
        yield {**made, "newcomer": newcomer}


def parameters(app: Litestar) -> list[str]:
    """Name every query parameter that the app reads, and some that others read."""
    read = {name for file in Path(shapedby.__file__).parent.rglob("*.py") for name in READ.findall(file.read_text())}
    shared = {name for handler in handlers(app, "GET").values() for name in handler.opt.get("shared", ())}
    return sorted(read | shared | set(COMMON))


class Walk:
    """Fills in the forms of every page, and looks at every answer."""

    def __init__(self, app: Litestar, clients: Clients, council: Council) -> None:
        self.app, self.clients, self.council = app, clients, council
        self.numbers = itertools.count(1)
        self.sent: dict[int, str] = {}
        self.shown: set[int] = set()
        self.done: set[tuple[object, ...]] = set()

    def pages(self, who: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Give each page with everybody named, or with the one person who can do most there."""
        yield from (("newcomer", "/welcome"), ("visitor", "/sign-in"), ("visitor", "/about/accessibility/problem"))
        for sheet in (*SHEETS, *(f"/desk/ideas/{{{idea}}}/{word}" for idea in ("idea", "chosen") for word in WORDS)):
            yield "officer", self.council.at(sheet)
        for path, (example, _) in EXAMPLES.items():
            guard = next(one for one in handlers(self.app, "GET")[path].guards or () if one in FIRST)
            own = path in OWN or path in CONCERNS
            for one in who or (("author",) if own else (FIRST[guard],)):
                yield one, self.council.at(example)

    def look(self, answer: httpx.Response, where: str) -> Page | None:
        """See that nothing of a marker became markup."""
        kind = answer.headers.get("content-type", "")
        assert answer.status_code < SERVER_ERROR, f"{where}: {answer.status_code}"
        assert answer.headers.get("x-content-type-options") == "nosniff", where
        self.shown |= marks(answer.text)
        if "xml" in kind:
            assert not [one for one in ET.fromstring(answer.text).iter() if "x-m" in one.tag], where
        if "html" not in kind:
            return None
        page = Page(answer.text)
        assert page.wrong == [], f"{where} ({answer.status_code})"
        return page

    async def fill_in(self, who: str, address: str, *, everywhere: bool) -> None:
        """Send every form of a page that somebody can type into, once with each of its buttons."""
        page = self.look(await self.clients[who].get(address), f"{who} {address}")
        for form in page.forms if page else ():
            if not form.typed or form.action.startswith("http"):
                continue
            for button in form.buttons:
                key = (who, form.action, button, tuple(form.typed), everywhere)
                if key not in self.done:
                    self.done.add(key)
                    await self._send(who, address, form, button, everywhere=everywhere)

    async def _send(
        self, who: str, address: str, form: Form, button: tuple[str, str] | None, *, everywhere: bool
    ) -> None:
        number, client = next(self.numbers), self.clients[who]
        to, plain = form.action or address, dict[str, str]()
        self.sent[number] = f"{who} {to} {button} {form.typed}"
        given = form.sent(button, number, plain, everywhere=everywhere)
        answer, page = await self._answer(client, form, to, given, number)
        for tried in () if everywhere else PLAIN:
            faulty = {name for one in page.forms for name in one.faulty} if page else set[str]()
            if answer.status_code != REFUSED_FIELDS or not faulty:
                break
            plain |= dict.fromkeys(faulty, tried)
            given = form.sent(button, number, plain, everywhere=everywhere)
            answer, page = await self._answer(client, form, to, given, number)
        if answer.status_code == SEE_OTHER and answer.headers["location"].startswith("/"):
            self.look(await client.get(answer.headers["location"]), self.sent[number])

    async def _answer(
        self, client: httpx.AsyncClient, form: Form, to: str, given: dict[str, str], number: int
    ) -> tuple[httpx.Response, Page | None]:
        answer = await (client.post(to, data=given) if form.method == "post" else client.get(to, params=given))
        return answer, self.look(answer, self.sent[number])


async def publish_everything() -> None:
    """Let everything that is held be public, as a moderator would."""
    for posting in await db.values("SELECT id FROM posting WHERE publicity = 'held' ORDER BY id"):
        await screening.change(posting, Publicity.PUBLIC, by=None)


async def look_at_everything(walk: Walk, database: Database, who: tuple[str, ...] = ()) -> None:
    """Open every page again, and every mail that was written."""
    for one, address in walk.pages(who):
        walk.look(await walk.clients[one].get(address), f"{one} {address}")
    for row in await database.ask("SELECT id, address FROM outgoing_mail ORDER BY id"):
        walk.look(await walk.clients["visitor"].get(f"/dev/mail/{row['id']}/html"), f"mail {row['id']}")
