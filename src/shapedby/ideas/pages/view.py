"""What the address of a list of ideas says; everything in it can be shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from shapedby.challenges.queries import Challenge, Place
from shapedby.ideas.queries import Filters
from shapedby.ideas.queries.finding import Found, found
from shapedby.ideas.rules import Stage
from shapedby.ideas.rules.finding import MOST, PAGE, SEEDS, Only, Order, Sort, order_of, own_seed, seed_at
from shapedby.web.forms import Choice, whole
from shapedby.web.site import Ask, site_of

MOST_SEARCH = 200
READS = ("q", "challenge", "area", "topic", "stage", "only", "sort", "seed", "page")
"""The parameters of a list's address; its shared copies are kept apart by these, and by nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One list: where, of what, in which order, which page."""

    base: str
    text: str = ""
    challenge: str = ""
    area: str = ""
    topic: str = ""
    filters: Filters
    """The same as numbers; a list of one challenge has that here and not in its address."""
    sort: Sort = Sort.SHUFFLE
    seed: int = 0
    order: Order
    page: int = 1

    @property
    def used(self) -> bool:
        """Whether anything is searched for or left out."""
        return bool(self.text or self.narrowed)

    @property
    def narrowed(self) -> bool:
        """Whether a filter is used."""
        return bool(self.challenge or self.area or self.topic or self.filters.stage or self.filters.only)

    def address(self, *, text: str | None = None, sort: Sort | None = None, page: int = 1, clear: bool = False) -> str:
        """Give the address of this list for other words, in another order, on another page, or without its filters."""
        sort = sort or self.sort
        parts = ({} if clear else self._chosen(text)) | {
            "sort": "" if sort is Sort.SHUFFLE else sort.value,
            "seed": str(self.seed) if sort is Sort.SHUFFLE else "",
            "page": "" if page == 1 else str(page),
        }
        return _with_query(self.base, parts)

    @property
    def feed(self) -> str:
        """Where the newest of this list can be subscribed to."""
        return _with_query(f"{self.base}/feed", self._chosen())

    def _chosen(self, text: str | None = None) -> dict[str, str]:
        stage, only = self.filters.stage, self.filters.only
        return {
            "q": self.text if text is None else text,
            "challenge": self.challenge,
            "area": self.area,
            "topic": self.topic,
            "stage": stage.value if stage else "",
            "only": only.value if only else "",
        }


def read_view(
    ask: Ask,
    base: str,
    *,
    areas: Sequence[Place],
    topics: Sequence[Place],
    challenges: Sequence[Challenge] = (),
    challenge: int | None = None,
) -> View:
    """Read an address; what it does not know is left out, and who brings no order is given one of the day's."""
    asked = ask.query_params
    area, topic = _one_of(asked.get("area", ""), areas), _one_of(asked.get("topic", ""), topics)
    within = next((one for one in challenges if one.slug == asked.get("challenge", "")), None)
    stage, only = _member(Stage, asked.get("stage")), _member(Only, asked.get("only"))
    now = datetime.now(UTC)
    today = now.astimezone(site_of(ask).settings.timezone).date()
    seed = whole(asked.get("seed"), -1, least=0, most=SEEDS - 1)
    if seed < 0:
        seed = own_seed(ask.user.person, today) if ask.user.signed_in else seed_at(now)
    number = within.id if within else challenge
    return View(
        base=base,
        text=" ".join(asked.get("q", "")[:MOST_SEARCH].replace("\0", " ").split()),
        challenge=within.slug if within else "",
        area=area.slug if area else "",
        topic=topic.slug if topic else "",
        filters=Filters(number, area.id if area else None, topic.id if topic else None, stage, only),
        sort=_member(Sort, asked.get("sort")) or Sort.SHUFFLE,
        seed=seed,
        order=order_of(today, seed),
        page=whole(asked.get("page"), 1, most=MOST),
    )


async def found_for(ask: Ask, view: View, *, size: int = PAGE) -> Found:
    """Find what a view asks for."""
    languages = site_of(ask).languages
    return await found(view.text, view.filters, view.sort, view.order, languages=languages, page=view.page, size=size)


def _with_query(base: str, parts: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{base}?{query}" if query else base


def _one_of(slug: str, places: Sequence[Place]) -> Place | None:
    return next((place for place in places if place.slug == slug), None)


def _member(kind: type[Choice], value: str | None) -> Choice | None:
    return kind(value) if value in {member.value for member in kind} else None
