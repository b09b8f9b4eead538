"""The languages of this installation: catalogues, negotiation, dates and numbers."""

import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as Date  # noqa: N812 - a tongue has a method of that name
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel.messages import mofile, pofile

CATALOGUES = Path(__file__).parent.parent / "locale"
SOURCE_LANGUAGE = "en"
REGIONS = {"en": "en_GB", "es": "es_ES"}


def shipped() -> tuple[str, ...]:
    """List the languages that have a catalogue; adding a catalogue adds a language."""
    return tuple(sorted({SOURCE_LANGUAGE, *(path.stem for path in CATALOGUES.glob("*.po"))}))


@lru_cache
def translations(code: str) -> gettext.NullTranslations:
    """Read a catalogue into memory; the language the texts are written in needs none."""
    path = CATALOGUES / f"{code}.po"
    if code == SOURCE_LANGUAGE or not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        mofile.write_mo(compiled, pofile.read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language as a page speaks it."""

    code: str
    locale: Locale
    zone: ZoneInfo

    @property
    def own_name(self) -> str:
        return (self.locale.language_name or self.code).capitalize()

    def says(self, message: str) -> str:
        return translations(self.code).gettext(message) if message else ""

    def counts(self, singular: str, plural: str, number: int) -> str:
        return translations(self.code).ngettext(singular, plural, number)

    def date(self, at: Date | datetime | None) -> str:
        """Say a date in full: “4 November 2026”."""
        if at is None:
            return ""
        return babel_dates.format_date(self._local(at), "long", locale=self.locale)

    def day(self, at: Date | datetime | None) -> str:
        """Say a date in short: “4 Nov”."""
        if at is None:
            return ""
        return babel_dates.format_skeleton("dMMM", self._local(at), locale=self.locale)

    def weekday(self, day: Date) -> str:
        """Name a day of the week: “Thursday”."""
        return babel_dates.format_date(day, "EEEE", locale=self.locale)

    def month(self, at: Date | datetime) -> str:
        """Say a month: “Nov 2026”."""
        return babel_dates.format_skeleton("yMMM", self._local(at), locale=self.locale)

    def when(self, at: datetime | None) -> str:
        """Say a day of the week, a date and a time: “Thursday 3 December 2026, 18:30”."""
        if at is None:
            return ""
        here = at.astimezone(self.zone)
        day = babel_dates.format_date(here, "full", locale=self.locale)
        return f"{day}, {babel_dates.format_time(here, 'HH:mm', locale=self.locale)}"

    def ago(self, at: datetime | None, now: datetime | None = None) -> str:
        """Say how long ago or ahead something is: “2 days ago”."""
        if at is None:
            return ""
        delta = at - (now or datetime.now(UTC))
        return babel_dates.format_timedelta(delta, add_direction=True, locale=self.locale, threshold=1.1)

    def number(self, value: float | Decimal | None) -> str:
        return "" if value is None else babel_numbers.format_decimal(value, locale=self.locale)

    def percent(self, value: float | None, digits: int = 0) -> str:
        if value is None:
            return ""
        return babel_numbers.format_percent(round(value, 2 + digits), locale=self.locale, decimal_quantization=False)

    def money(self, value: float | Decimal | None, currency: str = "GBP") -> str:
        if value is None:
            return ""
        return babel_numbers.format_currency(value, currency, "¤#,##0", locale=self.locale, currency_digits=False)

    def _local(self, at: Date | datetime) -> Date | datetime:
        return at.astimezone(self.zone) if isinstance(at, datetime) else at


def tongues(codes: Iterable[str], zone: ZoneInfo) -> Mapping[str, Tongue]:
    """Make the languages that a council declares, in its order; the first is its default.

    Raises ``LookupError`` for a language without a catalogue.
    """
    chosen: dict[str, Tongue] = {}
    for code in codes:
        if code not in shipped():
            message = f"there is no catalogue for the language “{code}”; shipped: {', '.join(shipped())}"
            raise LookupError(message)
        chosen[code] = Tongue(code, Locale.parse(REGIONS.get(code, code)), zone)
    return chosen


@lru_cache(maxsize=1024)
def negotiate(accepted: str, offered: tuple[str, ...]) -> str:
    """Choose a language from an ``Accept-Language`` header; the first offered where nothing fits."""
    wishes: list[tuple[float, str]] = []
    for wish in accepted.split(",")[:20]:
        name, _, quality = wish.partition(";q=")
        try:
            wishes.append((-float(quality or 1), name.strip().lower()[:2]))
        except ValueError:
            continue
    return next((name for _, name in sorted(wishes, key=lambda wish: wish[0]) if name in offered), offered[0])
