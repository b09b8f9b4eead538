"""What is typed about sessions and places at them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from shapedby.coproduction.forms import LINE, MOST_PEOPLE, TITLE, lines, words
from shapedby.coproduction.queries.sessions import NewSession, Session
from shapedby.coproduction.rules import SessionKind
from shapedby.coproduction.rules.sessions import Group, PlaceState, WhyNot
from shapedby.kernel import N_, Words
from shapedby.text import one_line
from shapedby.web.forms import Errors, Typed, Wrong
from shapedby.web.words import says

NEED = 600
HELPS = 600
LOCAL = "%Y-%m-%dT%H:%M"


class WrongLink(StrEnum):
    """What is wrong with the address of an online session."""

    NOT_A_LINK = "not_a_link"


says(
    {WrongLink.NOT_A_LINK: N_("Write the whole address, beginning with https://")},
    {
        WhyNot.CANCELLED: N_("This session does not take place."),
        WhyNot.OVER: N_("This session is over."),
        WhyNot.NOT_NEEDED: N_("You need no place for this session. Just come."),
        WhyNot.TOO_YOUNG: N_(
            "Nobody is there yet to look after people under 18. Ask us, and we will see what we can do."
        ),
        WhyNot.WRONG_CODE: N_("That is not the code of this session. It has six digits and is shown at the door."),
        WhyNot.DOOR_CLOSED: N_("The code counts from half an hour before the session until the end of the day."),
        WhyNot.NO_PLACE: N_("Only people who were at this session can say what it was like."),
        WhyNot.SAID_ALREADY: N_("You have told us already what this session was like. Thank you."),
        WhyNot.STILL_AHEAD: N_("This session has not begun yet."),
    },
    {
        PlaceState.GOING: N_("Has a place"),
        PlaceState.WAITING: N_("Waits for a place"),
        PlaceState.GIVEN_BACK: N_("Gave the place back"),
    },
    {
        Group.YOUNG: N_("Under 18"),
        Group.OLDER: N_("65 or over"),
        Group.DISABLED: N_("Disabled people"),
        Group.CARERS: N_("Carers"),
        Group.FIRST_TIME: N_("For the first time with us"),
    },
)


def session(
    form: Typed, errors: Errors, languages: Iterable[str], zone: ZoneInfo, areas: Mapping[str, int]
) -> NewSession:
    """Read a session to be announced or changed; its times are the council's local times."""
    codes = tuple(languages)
    starts, ends = _time(form, errors, "starts", zone), _time(form, errors, "ends", zone)
    if starts and ends and ends <= starts:
        errors.add("ends", Wrong.NOT_A_DATE)
    return NewSession(
        kind=errors.choice(form, "kind", SessionKind) or SessionKind.MEETING,
        title=lines(errors.words(form, "title", codes, most=TITLE)),
        starts_at=starts or datetime.min.replace(tzinfo=zone),
        ends_at=ends or datetime.min.replace(tzinfo=zone),
        place=lines(errors.words(form, "place", codes, most=LINE)),
        who_may_join=lines(errors.words(form, "who", codes, most=LINE)),
        theme=lines(errors.words(form, "theme", codes, most=LINE, needed=False)),
        helps=errors.words(form, "helps", codes, most=HELPS, needed=False),
        area=errors.one_of(form, "area", areas, needed=False),
        link=_link(form, errors),
        worker=one_line(errors.text(form, "worker", most=80, needed=False)),
        step_free=form.ticked("step_free"),
        takes_places=form.ticked("takes_places"),
        capacity=errors.whole_number(form, "capacity", least=1, most=MOST_PEOPLE, needed=False),
        target=errors.whole_number(form, "target", least=1, most=MOST_PEOPLE, needed=False),
    )


def as_recorded(found: Session) -> Typed:
    """Give the record of a session as the form would have sent it; empty where none is written yet."""
    if found.came is None:
        return Typed({})
    agreed = {f"agreed_{code}": [text] for code, text in found.agreed.items()}
    return Typed({"came": [str(found.came)], "unclear": ["yes"] if found.unclear else [], **agreed})


def as_typed(found: Session, zone: ZoneInfo, *, again: bool = False) -> Typed:
    """Give a session as the form would have sent it: to be changed, or without its times to be held ``again``."""
    texts = {
        "title": found.title, "place": found.place, "who": found.who_may_join, "theme": found.theme,
        "helps": found.helps,
    }  # fmt: skip
    plain = {
        "kind": found.kind.value,
        "starts": found.starts_at.astimezone(zone).strftime(LOCAL),
        "ends": found.ends_at.astimezone(zone).strftime(LOCAL),
        "area": str(found.area or ""),
        "link": found.link,
        "worker": found.worker,
        "step_free": "yes" if found.step_free else "",
        "takes_places": "yes" if found.takes_places else "",
        "capacity": str(found.capacity or ""),
        "target": str(found.target or ""),
    }
    if again:
        plain |= {"starts": "", "ends": "", "after": str(found.id)}
    said = {f"{name}_{code}": text for name, words in texts.items() for code, text in words.items()}
    return Typed({name: [text] for name, text in {**plain, **said}.items() if text})


@dataclass(frozen=True, slots=True)
class Record:
    """How many came to a session, of which groups, and what was agreed."""

    came: int
    agreed: Words
    groups: Mapping[Group, int]
    unclear: bool


def record(form: Typed, errors: Errors, languages: Iterable[str]) -> Record:
    """Read the record of a session that took place."""
    came = errors.whole_number(form, "came", least=0, most=MOST_PEOPLE) or 0
    groups = {
        group: errors.whole_number(form, f"group_{group.value}", least=0, most=max(came, 0), needed=False)
        for group in Group
    }
    counted = {group: number for group, number in groups.items() if number is not None}
    return Record(came, words(form, errors, "agreed", languages), counted, form.ticked("unclear"))


def answers(form: Typed, errors: Errors) -> tuple[int, int, int]:
    """Read what somebody thought of a session: three answers from 1 to 5."""
    useful, heard, again = (
        errors.whole_number(form, name, least=1, most=5) or 1 for name in ("useful", "heard", "again")
    )
    return useful, heard, again


def need(form: Typed, errors: Errors) -> str:
    """Read what somebody needs to be able to come."""
    return errors.text(form, "need", most=NEED, needed=False)


def _link(form: Typed, errors: Errors) -> str:
    link = errors.text(form, "link", most=300, needed=False)
    if not link:
        return ""
    try:
        good = urlsplit(link).scheme == "https" and bool(urlsplit(link).hostname) and link.isascii() and " " not in link
    except ValueError:
        good = False
    if not good:
        errors.add("link", WrongLink.NOT_A_LINK)
    return link


def _time(form: Typed, errors: Errors, name: str, zone: ZoneInfo) -> datetime | None:
    """Read a local time as a datetime field sends it: ``2026-12-03T18:30``."""
    try:
        return datetime.fromisoformat(form[name].strip()).replace(tzinfo=zone)
    except ValueError:
        errors.add(name, Wrong.NOT_A_DATE)
        return None
