"""The days on which the council is closed, as they are set: single days, and times from one day to another."""

from __future__ import annotations

from datetime import date, timedelta

from shapedby.settings.fields import SettingsError

LONGEST_DAYS = 60


def closed_days(text: str) -> frozenset[date]:
    """Read days such as ``2030-12-25,2030-12-28..2031-01-01``; raises `SettingsError` with what to do."""
    try:
        return frozenset(day for part in text.split(",") if part.strip() for day in _from_to(part))
    except ValueError as error:
        message = f"SHAPEDBY_CLOSURES: {error}. Give days as 2030-12-25 and whole times as 2030-12-24..2031-01-01."
        raise SettingsError(message) from error


def _from_to(text: str) -> list[date]:
    first, _, last = text.partition("..")
    begin, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    if not begin <= end <= begin + timedelta(days=LONGEST_DAYS):
        message = f"{text.strip()!r} ends before it begins, or lasts longer than {LONGEST_DAYS} days"
        raise ValueError(message)
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
