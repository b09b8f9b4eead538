"""The questions of the council, and one of them with its ideas."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath

from shapedby.challenges import queries as challenges
from shapedby.challenges.queries import Challenge, Place
from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.ideas import queries
from shapedby.ideas.queries import Filters
from shapedby.ideas.rules import SEEDS, Sort, Stage, order_key, own_seed
from shapedby.kernel import Missing
from shapedby.web.forms import chosen, whole
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask, site_of

MOST_SEARCH = 200
GROUPS = (ChallengeStage.OPEN, ChallengeStage.DECIDING, ChallengeStage.COMING, ChallengeStage.DECIDED)


@dataclass(frozen=True, slots=True)
class View:
    """What the address of a list says; everything in it can be shared."""

    base: str
    filters: Filters
    sort: Sort
    seed: int
    page: int = 1

    def address(self, *, sort: Sort | None = None, page: int = 1, clear: bool = False) -> str:
        """Give the address of this list in another order, on another page, or without its filters."""
        sort = sort or self.sort
        filters = Filters() if clear else self.filters
        parts = {
            "q": filters.text,
            "area": filters.area,
            "topic": filters.topic,
            "stage": filters.stage.value if filters.stage else "",
            "sort": "" if sort is Sort.SHUFFLE else sort.value,
            "seed": str(self.seed),
            "page": "" if page == 1 else str(page),
        }
        return f"{self.base}?{urlencode({name: value for name, value in parts.items() if value})}"


@get("/challenges", guards=[anyone], shared=())
async def challenge_list(request: Ask) -> Response[bytes]:
    """List every question: open, being decided, coming, decided."""
    found = await challenges.listed()
    tallies = await queries.tallies([challenge.id for challenge in found])
    groups = [(stage, [challenge for challenge in found if challenge.stage is stage]) for stage in GROUPS]
    return page(request, "ideas/challenges.html", groups=groups, tallies=tallies)


@get("/challenges/{slug:str}", guards=[anyone], shared=("q", "area", "topic", "stage", "sort", "seed", "page"))
async def challenge_page(request: Ask, slug: FromPath[str]) -> Response[bytes]:
    """Show a question: why, who decides, until when, and its ideas."""
    challenge = await challenges.challenge(slug)
    if challenge is None:
        raise Missing
    areas, topics = await challenges.areas(challenge.id), await challenges.topics(challenge.id)
    view = read_view(request, challenge, areas, topics)
    key = order_key(_today(request, challenge.now), view.seed)
    found = await queries.listed(challenge.id, view.filters, view.sort, order_key=key, page=view.page)
    return page(
        request,
        "ideas/challenge.html",
        challenge=challenge,
        criteria=await challenges.criteria(challenge.id),
        areas=areas,
        topics=topics,
        chosen_areas=await challenges.chosen_areas(challenge.id),
        chosen_topics=await challenges.chosen_topics(challenge.id),
        tally=(await queries.tallies([challenge.id])).get(challenge.id),
        view=replace(view, page=found.page),
        found=found,
        sorts=tuple(Sort),
        stages=tuple(Stage),
    )


def read_view(ask: Ask, challenge: Challenge, areas: Sequence[Place], topics: Sequence[Place]) -> View:
    """Read the address; what it does not know is left out, and who brings no order is given one of the day's."""
    asked = ask.query_params
    stage = asked.get("stage", "")
    filters = Filters(
        text=" ".join(asked.get("q", "")[:MOST_SEARCH].replace("\0", " ").split()),
        area=_one_of(asked.get("area", ""), areas),
        topic=_one_of(asked.get("topic", ""), topics),
        stage=chosen(stage, Stage, Stage.OPEN) if stage in set(Stage) else None,
    )
    seed = whole(asked.get("seed"), -1, least=0, most=SEEDS - 1)
    if seed < 0:
        today = _today(ask, challenge.now)
        seed = own_seed(ask.user.person, today) if ask.user.signed_in else secrets.randbelow(SEEDS)
    sort = chosen(asked.get("sort", ""), Sort, Sort.SHUFFLE)
    return View(f"/challenges/{challenge.slug}", filters, sort, seed, whole(asked.get("page"), 1))


def _one_of(slug: str, places: Sequence[Place]) -> str:
    return slug if any(place.slug == slug for place in places) else ""


def _today(ask: Ask, now: datetime) -> date:
    return now.astimezone(site_of(ask).settings.timezone).date()


ROUTES = (challenge_list, challenge_page)
