"""Every route of the app: who may open it, what strangers never see, and that a form needs its token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest
from council import Council, settled
from everybody import WHO, Clients, clients_of, handlers
from ground import Database
from posting import token_in
from taking_away import TAKEN_AWAY

from shapedby.kernel import MODERATORS, OFFICERS, STAFF, Role
from shapedby.web import guards

if TYPE_CHECKING:
    from litestar import Litestar

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
ALLOWED: dict[Any, frozenset[Role]] = {
    guards.anyone: frozenset(Role),
    guards.signed_in: frozenset(Role) - {Role.VISITOR},
    guards.staff: STAFF,
    guards.moderators: MODERATORS,
    guards.officers: OFFICERS,
    guards.administrators: ADMINISTRATORS,
    guards.safeguarders: frozenset(),
    guards.in_demo: frozenset(),
}
"""Who may use a route with this guard; these tests are not in demo mode."""

# Every GET route with what there is of its kind; the author's own texts are theirs alone.
OWN = {
    "/ideas/{number:int}/edit": ("/ideas/{draft}/edit", 200),
    "/ideas/{number:int}/preview": ("/ideas/{draft}/preview", 200),
    "/ideas/{number:int}/alike": ("/ideas/{draft}/alike", 200),
    "/ideas/{number:int}/pictures": ("/ideas/{draft}/pictures", 200),
    "/ideas/{number:int}/receipt": ("/ideas/{spanish}/receipt", 200),
    "/ideas/{number:int}/receipt.json": ("/ideas/{spanish}/receipt.json", 200),
    "/ideas/{number:int}/sent": ("/ideas/{held}/sent", 200),
    "/ideas/{number:int}/take-back": ("/ideas/{held}/take-back", 200),
    "/ideas/{number:int}/authors": ("/ideas/{idea}/authors", 200),
    "/comments/{number:int}/change": ("/comments/{asked_comment}/change", 200),
    "/comments/{number:int}/withdraw": ("/comments/{comment}/withdraw", 200),
    "/appeal/{posting:int}": ("/appeal/{appealable_posting}", 200),
}
OPEN = {
    "/": ("/", 200),
    "/about/accessibility/problem": ("/about/accessibility/problem", 200),
    "/about/{name:str}": ("/about/rules", 200),
    "/about/moderation": ("/about/moderation", 200),
    "/about/moderation/log": ("/about/moderation/log", 200),
    "/account": ("/account", 200),
    "/account/notices": ("/account/notices", 200),
    "/account/data": ("/account/data", 200),
    "/account/leave": ("/account/leave", 200),
    "/comments/{number:int}/before": ("/comments/{reply}/before", 200),
    "/comments/{number:int}/useful": ("/comments/{reply}/useful", 200),
    "/desk/retention": ("/desk/retention", 200),
    "/left": ("/left", 200),
    "/challenges": ("/challenges", 200),
    "/challenges/{slug:str}": ("/challenges/{open}", 200),
    "/challenges/{slug:str}/ideas/new": ("/challenges/{open}/ideas/new", 200),
    "/comments/{number:int}": ("/comments/{reply}", 200),
    "/desk": ("/desk", 200),
    "/desk/areas": ("/desk/areas", 200),
    "/desk/challenges": ("/desk/challenges", 200),
    "/desk/challenges/new": ("/desk/challenges/new", 200),
    "/desk/challenges/{number:int}": ("/desk/challenges/{draft_id}", 200),
    "/desk/challenges/{number:int}/close": ("/desk/challenges/{open_id}/close", 200),
    "/desk/challenges/{number:int}/extend": ("/desk/challenges/{open_id}/extend", 200),
    "/desk/challenges/{number:int}/finish": ("/desk/challenges/{deciding_id}/finish", 200),
    "/desk/challenges/{number:int}/preview": ("/desk/challenges/{draft_id}/preview", 200),
    "/desk/ideas": ("/desk/ideas", 200),
    "/desk/ideas/{number:int}/promise": ("/desk/ideas/{idea}/promise", 200),
    "/desk/promises": ("/desk/promises", 200),
    "/desk/ideas/{number:int}": ("/desk/ideas/{reviewed}", 200),
    "/desk/ideas/{number:int}/{word:str}": ("/desk/ideas/{reviewed}/shortlisted", 200),
    "/desk/pages": ("/desk/pages", 200),
    "/desk/pages/{name:str}": ("/desk/pages/contact", 200),
    "/desk/pages/{name:str}/{language:str}/{version:int}": ("/desk/pages/contact/en/0", 200),
    "/desk/people": ("/desk/people", 200),
    "/desk/people/{number:int}": ("/desk/people/{p_author}", 200),
    "/desk/projects": ("/desk/projects", 200),
    "/desk/projects/new": ("/desk/projects/new?idea={chosen}", 200),
    "/desk/projects/{slug:str}": ("/desk/projects/{active_project}", 200),
    "/desk/projects/{slug:str}/{what:str}": ("/desk/projects/{active_project}/gate", 200),
    "/desk/offers": ("/desk/offers", 200),
    "/desk/offers/{number:int}": ("/desk/offers/{active_offer}", 200),
    "/desk/sessions/{number:int}": ("/desk/sessions/{active_ahead}", 200),
    "/desk/sessions/{number:int}/sheet": ("/desk/sessions/{active_ahead}/sheet", 200),
    "/desk/topics": ("/desk/topics", 200),
    "/dev/mail": ("/dev/mail", 200),
    "/dev/mail/{number:int}": ("/dev/mail/{mail}", 200),
    "/dev/mail/{number:int}/html": ("/dev/mail/{mail}/html", 200),
    "/challenges/{slug:str}/form": ("/challenges/{open}/form", 200),
    "/desk/assisted": ("/desk/assisted", 200),
    "/desk/assisted/new": ("/desk/assisted/new", 200),
    "/desk/assisted/{person:int}": ("/desk/assisted/{p_assisted}", 200),
    "/desk/assisted/{person:int}/change": ("/desk/assisted/{p_assisted}/change", 200),
    "/desk/assisted/{person:int}/ideas/{slug:str}": ("/desk/assisted/{p_assisted}/ideas/{open}", 200),
    "/desk/assisted/{person:int}/slip": ("/desk/assisted/{p_assisted}/slip", 200),
    "/desk/letters": ("/desk/letters", 200),
    "/desk/letters/{number:int}": ("/desk/letters/{letter}", 200),
    "/ideas/{number:int}/versions": ("/ideas/{idea}/versions", 200),
    "/slip": ("/slip", 200),
    "/together/{given:str}": ("/together/{invited}", 200),
    "/follow/{about:str}/{number:int}": ("/follow/idea/{idea}", 200),
    "/health/live": ("/health/live", 200),
    "/health/ready": ("/health/ready", 200),
    "/ideas/{number:int}": ("/ideas/{idea}", 301),
    "/ideas/{number:int}/{slug:str}": ("/ideas/{idea}/a-walking-bus", 200),
    "/ideas/{number:int}/support": ("/ideas/{idea}/support", 200),
    "/challenges/{slug:str}/ideas/alike": ("/challenges/{open}/ideas/alike?title=A+walking+bus", 200),
    "/challenges/{slug:str}/ideas/begin": ("/challenges/{open}/ideas/begin", 200),
    "/pictures/{name:str}": ("/pictures/" + "a" * 64, 404),
    "/moderation": ("/moderation", 200),
    "/moderation/appeals/{number:int}": ("/moderation/appeals/{appeal_case}", 200),
    "/moderation/decided": ("/moderation/decided", 200),
    "/moderation/model": ("/moderation/model", 200),
    "/moderation/supports": ("/moderation/supports", 200),
    "/moderation/supports/{number:int}": ("/moderation/supports/{hold}", 200),
    "/moderation/settings": ("/moderation/settings", 200),
    "/moderation/people": ("/moderation/people", 200),
    "/moderation/people/{number:int}": ("/moderation/people/{p_suspended}", 200),
    "/moderation/mails": ("/moderation/mails", 200),
    "/moderation/together": ("/moderation/together?decided=2", 200),
    "/moderation/{number:int}": ("/moderation/{case}", 200),
    "/moderation/{number:int}/alike": ("/moderation/{case}/alike", 200),
    "/moderation/{number:int}/hand-over": ("/moderation/{case}/hand-over", 200),
    "/moderation/{number:int}/redact": ("/moderation/{case}/redact", 200),
    "/moderation/{number:int}/danger": ("/moderation/{case}/danger", 200),
    "/people/{number:int}": ("/people/{p_author}", 200),
    "/offer": ("/offer?project={active_project}", 200),
    "/offers": ("/offers", 200),
    "/projects": ("/projects", 200),
    "/promises": ("/promises", 200),
    "/projects/{slug:str}": ("/projects/{active_project}", 200),
    "/projects/{slug:str}/calendar.ics": ("/projects/{active_project}/calendar.ics", 200),
    "/sessions/{number:int}": ("/sessions/{active_ahead}", 200),
    "/sessions/{number:int}/calendar.ics": ("/sessions/{active_ahead}/calendar.ics", 200),
    "/sessions/{number:int}/here": ("/sessions/{active_ahead}/here", 200),
    "/sessions/{number:int}/join": ("/sessions/{active_ahead}/join", 200),
    "/sessions/{number:int}/say": ("/sessions/{active_session}/say", 200),
    "/report/{posting:int}": ("/report/{idea_posting}", 200),
    "/report/{posting:int}/{reference:str}": ("/report/{idea_posting}/{reference}", 200),
    "/results": ("/results", 200),
    "/safeguarding": ("/safeguarding", 200),
    "/safeguarding/{number:int}": ("/safeguarding/{guarded}", 200),
    "/sign-in": ("/sign-in", 200),
    "/sign-in/link/{link:str}": ("/sign-in/link/{link}", 200),
    "/sign-in/sent": ("/sign-in/sent", 303),
    "/stop/{token:str}": ("/stop/{stop}", 200),
    "/verify": ("/verify", 200),
    "/verify/counts.jsonl": ("/verify/counts.jsonl", 200),
    "/verify/heads.jsonl": ("/verify/heads.jsonl", 200),
    "/verify/keys.json": ("/verify/keys.json", 200),
    "/verify/log.jsonl": ("/verify/log.jsonl", 200),
    "/verify/verify.py": ("/verify/verify.py", 200),
    "/welcome": ("/welcome", 303),
    "/welcome/too-young": ("/welcome/too-young", 200),
}
# The authors of either idea and officers; to everybody else they do not exist.
CONCERNS = {
    "/ideas/{number:int}/merge": ("/ideas/{idea}/merge", 200),
    "/merges/{number:int}": ("/merges/{merge}", 200),
}
EXAMPLES = OPEN | OWN | CONCERNS | TAKEN_AWAY
KEPT = "My words, which nobody may lose."


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.fixture(scope="module")
async def clients(app: Litestar, database: Database, council: Council) -> AsyncIterator[Clients]:
    async with clients_of(app, database, council) as made:
        yield made


def role_of(who: str) -> Role:
    return Role.RESIDENT if who == "author" else Role(who)


async def test_every_get_route_has_an_example_here(app: Litestar) -> None:
    assert set(handlers(app, "GET")) == set(EXAMPLES), "write an example of each route into tests/test_routes.py"


@pytest.mark.parametrize("path", EXAMPLES)
async def test_a_route_opens_for_its_roles_and_for_nobody_else(
    app: Litestar, clients: Clients, council: Council, path: str
) -> None:
    guard = next(one for one in handlers(app, "GET")[path].guards or () if one in ALLOWED)
    example, opened = EXAMPLES[path]
    for who in WHO:
        answer = await clients[who].get(council.at(example))
        expected = opened
        if role_of(who) not in ALLOWED[guard]:
            expected = 303 if who == "visitor" and guard is not guards.in_demo else 404
        elif (path in OWN and who != "author") or (path in CONCERNS and who in {"resident", "moderator"}):
            expected = 404
        assert answer.status_code == expected, f"{who} got {answer.status_code} for {council.at(example)}"
        if who == "visitor" and expected == 303 and guard is not guards.anyone:
            assert answer.headers["location"].startswith("/sign-in?next=/")


HIDDEN = {
    "/ideas/{draft}": {"author": 303},
    "/ideas/{draft}/a-walking-bus": {"author": 303},
    "/ideas/{draft}/edit": {"author": 200},
    "/ideas/{draft}/preview": {"author": 200},
    "/ideas/{draft}/support": {},
    "/desk/ideas/{draft}": {},
    "/ideas/{held}/support": {},
    "/report/{held_posting}": {},
    "/comments/{held_comment}": {"author": 200, "moderator": 200, "administrator": 200},
    "/comments/{refused_comment}": {"author": 200, "moderator": 200, "administrator": 200},
    "/comments/{removed_comment}": {"author": 200, "moderator": 200, "administrator": 200},
    "/challenges/{draft_slug}": {},
    "/people/{p_young}": {},
    **{
        f"/ideas/{{{publicity}}}/a-walking-bus": {
            "author": 200,
            "moderator": 200,
            "officer": 200,
            "administrator": 200,
        }
        for publicity in ("held", "refused", "withdrawn", "hidden")
    },
}
"""What is not public, and who may see it all the same; to everybody else it does not exist."""


@pytest.mark.parametrize("address", HIDDEN)
async def test_what_is_not_public_does_not_exist_for_others(
    clients: Clients, council: Council, database: Database, address: str
) -> None:
    draft = await database.ask("SELECT slug FROM challenge WHERE id = $1", council.numbers["draft_id"])
    asked = council.at(address.replace("{draft_slug}", draft[0][0]))
    answers = {who: await clients[who].get(asked) for who in WHO}
    assert answers["visitor"].status_code == 404 or answers["visitor"].headers["location"].startswith("/sign-in?next=")
    got = {who: answer.status_code for who, answer in answers.items() if who != "visitor"}
    assert got == {who: HIDDEN[address].get(who, 404) for who in WHO[1:]}
    for answer in answers.values():
        if answer.status_code == 404:
            assert "Eleven cars" not in answer.text
            assert "essay" not in answer.text


async def test_a_form_without_its_token_changes_nothing_and_keeps_the_words(
    app: Litestar, clients: Clients, council: Council, database: Database
) -> None:
    before = await everything(database)
    # An address that stops mail is its own permission: mail programs send no token (RFC 8058).
    paths = [path for path, handler in handlers(app, "POST").items() if not handler.opt.get("no_form")]
    assert set(handlers(app, "POST")) - set(paths) == {"/stop/{token:str}", "/stop/{token:str}/again"}
    assert len(paths) > 30
    for path in paths:
        address = council.at(_any_address(path))
        for who in ("visitor", "administrator"):
            for sent in ({}, {"csrf": "x"}, {"csrf": "é" * 44}):
                answer = await clients[who].post(address, data={"comment": KEPT, **sent})
                assert answer.status_code == 403, f"{who} got {answer.status_code} for {address}"
                assert KEPT in answer.text
    assert await everything(database) == before


async def test_a_token_of_another_browser_is_no_token(clients: Clients, council: Council) -> None:
    page = council.at("/ideas/{idea}/a-walking-bus")
    token = token_in((await clients["resident"].get(page)).text)
    answer = await clients["author"].post(council.at("/ideas/{idea}/comments"), data={"csrf": token, "comment": KEPT})
    assert answer.status_code == 403


def _any_address(path: str) -> str:
    known = {"about": "idea", "slug": "{open}", "number": "{idea}", "posting": "{idea_posting}", "what": "gate"}
    known |= {"word": "note", "picture": "1", "person": "{p_assisted}", "given": "{invited}", "name": "contact"}
    known |= {"language": "en", "version": "0", "link": "{link}"}
    if path.startswith("/desk/projects/"):
        known["slug"] = "{active_project}"
    parts = [part.strip("{}").split(":")[0] if part.startswith("{") else None for part in path.split("/")]
    return "/".join(known[name] if name else part for name, part in zip(parts, path.split("/"), strict=True))


async def everything(database: Database) -> list[tuple[str, int]]:
    """Count the rows of every table that a form could write to."""
    names = await database.ask(
        "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'migration' ORDER BY 1"
    )
    return [(name[0], (await database.ask(f'SELECT count(*) FROM "{name[0]}"'))[0][0]) for name in names]
