"""Sessions as a calendar file (RFC 5545), made by the icalendar library."""

from collections.abc import Iterable

from icalendar import Calendar, Event

from shapedby.coproduction.queries.sessions import Session
from shapedby.kernel import said

PRODUCT = "-//Shaped By//Sessions//EN"


def calendar(sessions: Iterable[Session], *, language: str, url: str, council: str) -> bytes:
    """Make a calendar of sessions in a language; changed and cancelled ones replace what a calendar took over."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Shaped by {council}")
    for session in sessions:
        made.add_component(_event(session, language, url))
    return made.to_ical()


def _event(session: Session, language: str, url: str) -> Event:
    host = url.partition("://")[2]
    page = f"{url}/sessions/{session.id}"
    event = Event()
    event.add("uid", f"session-{session.id}@{host}")
    event.add("dtstamp", session.now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("sequence", session.edition)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("summary", said(session.title, language))
    event.add("location", said(session.place, language))
    event.add("description", f"{said(session.project_title, language)}\n{said(session.who_may_join, language)}\n{page}")
    event.add("url", page)
    return event
