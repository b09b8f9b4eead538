"""The desk, through an HTTP client: what is due, the table, one idea, and the forms that decide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from answering import send_form
from ground import Database, SignedIn
from published import LANGUAGES, a_brief, both, new_challenge, new_idea, officer

from shapedby.challenges import actions as challenge_actions
from shapedby.challenges.queries import criteria
from shapedby.ideas import queries as idea_queries
from shapedby.ideas.rules import Stage
from shapedby.kernel import Role
from shapedby.shortlist import actions, queries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    SignIn = Callable[..., Awaitable[SignedIn]]

REASON = {"reason_en": "It reaches four villages.", "reason_es": "Llega a cuatro pueblos."}


async def an_idea(
    database: Database, ada: SignedIn, slug: str, *, review: bool = False, **columns: Any
) -> tuple[int, int]:
    """Give a challenge and an idea of it, with two supporters, under review if that is wanted."""
    challenge = await new_challenge(ada.person, slug)
    people = [await database.new_person() for _ in range(3)]
    idea = await new_idea(database, challenge, people[0], supporters=(people[1], people[2]), **columns)
    if review:
        await actions.take_under_review(officer(ada.person), idea, both("We look."), languages=LANGUAGES)
    return challenge, idea


async def stage_of(idea: int) -> Stage:
    found = await idea_queries.any_idea(idea)
    assert found
    return found.stage


async def test_the_desk_is_there_for_officers_only(
    sign_in: SignIn, database: Database, visitor: httpx.AsyncClient
) -> None:
    ada, resident, moderator = await sign_in(Role.OFFICER), await sign_in(), await sign_in(Role.MODERATOR)
    challenge, idea = await an_idea(database, ada, "for-officers")
    for address in (
        "/desk",
        "/desk/ideas",
        f"/desk/ideas/{idea}",
        f"/desk/ideas/{idea}/under-review",
        f"/desk/ideas/{idea}/note",
        f"/desk/challenges/{challenge}/finish",
    ):
        assert (await visitor.get(address)).status_code == 303
        assert (await resident.client.get(address)).status_code == 404
        assert (await moderator.client.get(address)).status_code == 404
        assert (await ada.client.get(address)).status_code == 200
    for word in ("under-review", "shortlisted", "not-taken-forward", "note", "assess"):
        answer = await send_form(resident.client, "/account", f"/desk/ideas/{idea}/{word}", **REASON)
        assert answer.status_code == 404


async def test_what_is_due_comes_before_what_is_interesting(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    today = datetime.now(UTC).date()
    await an_idea(database, ada, "is-due", answer_by=today - timedelta(days=2))
    await challenge_actions.prepare(officer(ada.person), a_brief("a-draft-waits", question=both("A draft that waits")))
    page = (await ada.client.get("/desk")).text
    overdue, ready = page.index("Answers that are overdue"), page.index("Ideas with the supports they need")
    assert overdue < ready < page.index("A draft that waits")


async def test_the_table_filters_sorts_and_takes_nonsense_for_its_defaults(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    await an_idea(database, ada, "table-one", title="In the table")
    await an_idea(database, ada, "table-two", title="In the other", review=True)
    one = (await ada.client.get("/desk/ideas?challenge=table-one")).text
    assert "In the table" in one
    assert "In the other" not in one
    reviewed = (await ada.client.get("/desk/ideas?stage=under_review")).text
    assert "In the other" in reviewed
    assert "In the table" not in reviewed
    for odd in (
        "?sort='; DROP TABLE idea; --&stage=<b>&due=%00&page=-1",
        "?page=99999999999",
        "?challenge=" + "x" * 500,
    ):
        answer = await ada.client.get(f"/desk/ideas{odd}")
        assert answer.status_code == 200, odd
        assert "<b>" not in answer.text


async def test_an_officer_reviews_scores_and_shortlists(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER, name="Ada")
    challenge, idea = await an_idea(database, ada, "whole-way")
    page = f"/desk/ideas/{idea}"
    form = (await ada.client.get(f"{page}/under-review")).text
    assert "will weigh it by the criteria" in form
    taken = await send_form(ada.client, f"{page}/under-review", **REASON, seen="open")
    assert taken.headers["location"] == f"{page}?done=said-under_review"
    points = {f"points_{one.id}": "4" for one in await criteria(challenge)}
    assert (await send_form(ada.client, page, f"{page}/assess", **points, note="Good")).status_code == 303
    shown = (await ada.client.get(page)).text
    assert "4.0" in shown
    assert "checked" in shown
    decided = await send_form(ada.client, f"{page}/shortlisted", **REASON, seen="under_review")
    assert decided.headers["location"] == f"{page}?done=said-shortlisted"
    after = (await ada.client.get(decided.headers["location"])).text
    assert "We have told its people" in after
    assert "It reaches four villages." in after
    assert f"/desk/projects/new?idea={idea}" in after


async def test_without_its_reason_nothing_is_decided_and_the_words_stay(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    _, idea = await an_idea(database, ada, "no-reason", review=True)
    address = f"/desk/ideas/{idea}/not-taken-forward"
    answer = await send_form(
        ada.client, address, reason_en="Only <i>half</i> of it", reason_es=" ", seen="under_review"
    )
    assert answer.status_code == 422
    assert 'href="#reason_es"' in answer.text
    assert "Only &lt;i&gt;half&lt;/i&gt; of it" in answer.text
    assert await stage_of(idea) is Stage.UNDER_REVIEW
    long = await send_form(ada.client, address, reason_en="x" * 6000, reason_es="y")
    assert long.status_code == 422


async def test_the_slower_officer_hears_who_was_faster_and_keeps_their_words(
    sign_in: SignIn, database: Database
) -> None:
    ada, ben = await sign_in(Role.OFFICER, name="Ada Penrose"), await sign_in(Role.OFFICER)
    _, idea = await an_idea(database, ada, "slower-officer", review=True)
    address = f"/desk/ideas/{idea}/shortlisted"
    assert (await send_form(ada.client, address, **REASON, seen="under_review")).status_code == 303
    late = await send_form(
        ben.client, f"/desk/ideas/{idea}", f"/desk/ideas/{idea}/not-taken-forward", **REASON, seen="under_review"
    )
    assert late.status_code == 409
    assert "Ada Penrose was faster" in late.text
    assert REASON["reason_en"] in late.text
    assert len(await queries.responses(idea)) == 2


async def test_points_need_every_criterion(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    challenge, idea = await an_idea(database, ada, "points", review=True)
    first, second = [one.id for one in await criteria(challenge)]
    page = f"/desk/ideas/{idea}"
    answer = await send_form(ada.client, page, f"{page}/assess", **{f"points_{first}": "5"}, note="Half")
    assert answer.status_code == 422
    assert f'href="#points_{second}"' in answer.text
    assert "Half" in answer.text
    odd = await send_form(ada.client, page, f"{page}/assess", **{f"points_{first}": "6", f"points_{second}": "-1"})
    assert odd.status_code == 422


async def test_too_few_supports_are_said_in_words(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    challenge = await new_challenge(ada.person, "few")
    idea = await new_idea(database, challenge, await database.new_person())
    await actions.take_under_review(officer(ada.person), idea, both("We look."), languages=LANGUAGES)
    page = (await ada.client.get(f"/desk/ideas/{idea}")).text
    assert "fewer supports than the challenge asks for (2)" in page
    assert f"/desk/ideas/{idea}/shortlisted" not in page
    answer = await send_form(ada.client, f"/desk/ideas/{idea}", f"/desk/ideas/{idea}/shortlisted", **REASON)
    assert answer.status_code == 409
    assert await stage_of(idea) is Stage.UNDER_REVIEW


async def test_a_challenge_is_finished_when_nothing_waits(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    challenge, idea = await an_idea(database, ada, "finishing", review=True)
    await challenge_actions.close(officer(ada.person), challenge)
    page = f"/desk/challenges/{challenge}/finish"
    assert "1 idea waits for its answer" in (await ada.client.get(page)).text
    early = await send_form(ada.client, f"/desk/ideas/{idea}", page)
    assert early.status_code == 409
    assert "Ideas without an answer: 1" in early.text
    await actions.decline(officer(ada.person), idea, both("No."), languages=LANGUAGES)
    assert (await send_form(ada.client, page)).status_code == 303


async def test_drafts_and_ideas_that_do_not_exist_are_not_found(sign_in: SignIn, database: Database) -> None:
    ada = await sign_in(Role.OFFICER)
    challenge = await new_challenge(ada.person, "hidden-things")
    author = await database.new_person()
    draft = await new_idea(database, challenge, author, publicity="draft")
    held = await new_idea(database, challenge, author, publicity="held")
    for number in (str(draft), "999999", "9" * 30):
        assert (await ada.client.get(f"/desk/ideas/{number}")).status_code == 404
    assert (await ada.client.get(f"/desk/ideas/{draft}/unheard-of")).status_code == 404
    assert "nothing can be decided about it" in (await ada.client.get(f"/desk/ideas/{held}")).text
