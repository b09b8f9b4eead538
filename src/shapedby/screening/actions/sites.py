"""The site's rules, and the council's own hours and address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.people.actions import record_act
from shapedby.screening import queries
from shapedby.screening.rules import SiteRules, Week, Why

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from shapedby.settings import Settings


@dataclass(slots=True)
class _Council:
    """What screening knows of the council; set once, at the start."""

    zone: ZoneInfo
    closures: Collection[date]
    host: str


_council = _Council(ZoneInfo("UTC"), (), "")


def use(settings: Settings) -> None:
    """Say whose time zone, closures and address count; once, at the start."""
    _council.zone, _council.closures = settings.timezone, settings.closures
    _council.host = (urlsplit(settings.url).hostname or "").removeprefix("www.")


def council_host() -> str:
    """Give the site's own host: a link to it is no sign of anything."""
    return _council.host


def week_of(rules: SiteRules) -> Week:
    """Give the staffed hours that the site's rules set, in the council's time zone and without its closures."""
    return Week(rules.days, _council.zone, _council.closures)


async def change_rules(actor: Actor, rules: SiteRules, reason: str) -> int:
    """Let other rules count from now on; gives the number of their version. ``rules.version`` is the one that was seen.

    Raises ``Missing`` for everybody but administrators, ``Refused`` without a reason or where a colleague was faster.
    """
    if not actor.is_administrator:
        raise Missing
    if not reason.strip():
        raise Refused(Why.NO_REASON)
    async with db.transaction():
        version = await queries.insert_site_rules(rules, actor.person, reason)
        if version is None:
            raise Refused(Why.RULES_CHANGED)
        await record_act(actor, "change-rules", "site_rule", version, reason)
        return version
