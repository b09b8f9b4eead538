from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from posting import new_case, new_posting

from shapedby.kernel import Role
from shapedby.moderation.queries.statistics import checked, months
from shapedby.moderation.rules.statistics import ENOUGH, Share

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]


async def decided(
    database: Database, by: int, act: str, *, rule: str = "", verdict: str = "hold", hours: int = 2, **columns: Any
) -> int:
    """Write a text with a case that was decided so many hours after it had opened; gives the posting."""
    publicity = {"publish": "public", "hide": "hidden"}.get(act, "refused")
    author = await database.new_person(name="Nobody Named")
    posting = await new_posting(database, author, publicity, verdict=verdict, **columns)
    raised_by = "report" if act == "hide" else "classifier"
    case = await new_case(database, posting, raised_by, f"{hours} hours")
    sql = "UPDATE moderation_case SET state = 'decided', decided_at = now(), decided_by = $2 WHERE id = $1"
    await database.ask(sql, case, by)
    await database.ask(
        'INSERT INTO moderation_decision ("case", posting, "by", act, rule, reason, at) '
        "VALUES ($1, $2, $3, $4, $5, 'Words to the author', now())",
        case,
        posting,
        by,
        act,
        rule,
    )
    return posting


@pytest.mark.parametrize(
    ("share", "enough", "low", "high"),
    [
        (Share(0, 0), False, 0.0, 1.0),
        (Share(9, 9), False, 0.70, 1.0),
        (Share(0, 9), False, 0.0, 0.30),
        (Share(45, 50), True, 0.79, 0.96),
        (Share(900, 1000), True, 0.88, 0.92),
    ],
)
def test_a_share_says_how_sure_it_is(share: Share, *, enough: bool, low: float, high: float) -> None:
    assert share.enough is enough
    assert (round(share.low, 2), round(share.high, 2)) == (low, high)


async def test_the_figures_count_what_was_decided(app: object, database: Database) -> None:
    by = await database.new_person(Role.MODERATOR, name="Rhea Moderator")
    for _ in range(3):
        await decided(database, by, "refuse", rule="no_selling")
    await decided(database, by, "publish", hours=40)
    await decided(database, by, "hide", rule="no_selling", verdict="publish", hours=10)
    await decided(database, by, "refuse", rule="be_kind", guarded=True)
    month = (await months("Europe/London"))[0]
    assert (month.held, month.reported, month.refused, month.hidden, month.decided) == (4, 1, 3, 1, 5)
    assert month.hours is not None
    assert round(month.hours) == 2
    found = await checked()
    assert (found.flagged, found.right, found.missed) == (4, 3, 1)


async def test_complaint_nobody_can_see_past_decisions(database: Database, visitor: httpx.AsyncClient) -> None:
    by = await database.new_person(Role.MODERATOR, name="Rhea Moderator")
    posting = await decided(database, by, "refuse", rule="be_kind")
    hidden = await decided(database, by, "refuse", rule="be_kind", guarded=True)
    page = (await visitor.get("/about/moderation/log")).text
    assert f"text {posting}<" in page
    assert f"text {hidden}<" not in page
    assert "Rule 2: Be kind" in page
    for secret in ("Rhea Moderator", "Nobody Named", "Words to the author", "order now"):
        assert secret not in page
    rules = (await visitor.get("/about/rules")).text
    for address in ("/about/moderation", "/about/moderation/log"):
        assert f'href="{address}"' in rules
        assert (await visitor.get(address)).status_code == 200


async def test_few_cases_make_no_percentage(database: Database, visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/about/moderation")).text
    assert "too few for a percentage" in page
    assert not re.search(r"surely between", page)
    by = await database.new_person(Role.MODERATOR)
    for _ in range(ENOUGH):
        await decided(database, by, "refuse", rule="no_selling")
    from asyncio import sleep

    await sleep(1)  # a visitor's page is at most a second old
    assert "surely between" in (await visitor.get("/about/moderation")).text
