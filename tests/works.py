"""A project in which every page of co-production has something to show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rows import NOW, TODAY, both, put

if TYPE_CHECKING:
    from ground import Database


async def new_project(database: Database, host: int, name: str, idea: int) -> dict[str, int]:
    closed = name == "closed"
    ending: dict[str, object] = {}
    if closed:
        words = both("It runs on every school day.")
        html = {code: f"<p>{text}</p>" for code, text in words.items()}
        ending = {
            "state": "closed",
            "closed_at": NOW,
            "outcome_kind": "running",
            "outcome": words,
            "outcome_html": html,
        }
    project = await put(
        database,
        "project",
        slug=f"{name}-project",
        idea=idea,
        title=both(f"A bus that walks, {name}"),
        summary=both("Stops, a route and a timetable."),
        phase="implement" if closed else "co_define",
        began_at=NOW - timedelta(days=90),
        host=host,
        **ending,
    )
    made = await _figures(database, project) | await _sessions(database, project, host)
    for phase in ("prepare", "co_define", "co_create", "implement"):
        thing = {"project": project, "phase": phase, "position": 1, "what": both("A host is named")}
        shown = {"shown": both("Named in May"), "shown_at": NOW, "shown_by": host}
        await put(database, "gate_evidence", **thing, **(shown if phase == "prepare" or closed else {}))
        made["thing"] = await put(database, "gate_evidence", **{**thing, "position": 2})
    for passed in (False, True):
        reason = both("All is there." if passed else "Not yet.")
        await put(
            database, "gate_decision", project=project, phase="prepare", passed=passed, reason=reason, by=host, at=NOW
        )
    await _work(database, project, host)
    return {f"{name}_{key}": number for key, number in made.items()}


async def _work(database: Database, project: int, host: int) -> None:
    member = {"project": project, "name": "Ada Bee", "since": date(2026, 1, 2)}
    for side in ("resident", "staff", "partner"):
        await put(database, "project_member", **member, side=side, part="core_team", organisation="Bus Users")
    words = both("The first bus has walked.")
    html = {code: f"<p>{text}</p>" for code, text in words.items()}
    phase = {"project": project, "phase": "co_define", "by": host, "at": NOW}
    await put(database, "project_update", **phase, words=words, words_html=html)
    await put(database, "project_decision", **phase, decided_on=TODAY, what=both("Two stops"), residents=3, staff=1)


async def _figures(database: Database, project: int) -> dict[str, int]:
    named = {"name": both("Cars at the gate"), "unit": both("cars"), "measured_by": both("Parents count on Mondays")}
    figure = await put(
        database, "indicator", project=project, **named, before=31, before_on=TODAY - timedelta(days=90), target=10
    )
    for ago, value in ((60, 25), (30, 18), (1, 12)):
        day = TODAY - timedelta(days=ago)
        await put(database, "indicator_reading", indicator=figure, on_day=day, value=value, comment=both("A dry week"))
    return {"figure": figure}


async def _sessions(database: Database, project: int, host: int) -> dict[str, int]:
    made: dict[str, int] = {}
    for name, days in (("session", -20), ("unrecorded", -10), ("ahead", 10)):
        starts = NOW + timedelta(days=days)
        held = {"came": 14, "agreed": both("Two stops"), "agreed_html": both("<p>Two stops</p>")} if days == -20 else {}
        made[name] = await put(
            database,
            "project_session",
            project=project,
            phase="prepare",
            kind="workshop",
            title=both("Listening at the gate"),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place=both("Harbour Hall"),
            who_may_join=both("Everybody"),
            takes_places=name == "ahead",
            code="123456",
            **held,
        )
    asked = {"project": project, "kind": "equipment"}
    await put(database, "project_need", **asked, what=both("A van on Fridays"), asked_at=NOW)
    made["offer"] = await put(database, "offer", **asked, person=host, words="A van", state="matched", made_at=NOW)
    await put(database, "offer_given", offer=made["offer"], on_day=TODAY, hours=2, what="A van", by=host)
    await put(database, "session_group", session=made["session"], who="older", came=9)
    for _ in range(5):
        await put(database, "session_opinion", session=made["session"], useful=5, heard=4, again=5)
    return made
