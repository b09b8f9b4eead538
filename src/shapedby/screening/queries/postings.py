"""All SQL about postings and the opening and dropping of their cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from shapedby import db
from shapedby.screening.queries.reasons import read_behaved, read_found, read_reasons, write_reasons
from shapedby.screening.rules import Behaved, Examined, Found, Held, Kind, Publicity, RaisedBy, Same
from shapedby.spam.rules import Reason


@dataclass(frozen=True, slots=True)
class Posting:
    """One text that somebody typed, with what is known about it; ``html`` was made by ``text.clean``."""

    id: int
    kind: Kind
    author: int
    publicity: Publicity
    language: str
    source: str
    html: Markup
    about: str
    address: str
    sent_at: datetime | None
    public_at: datetime | None
    probability: float | None
    threshold: float | None
    held: tuple[Held, ...]
    weighed: tuple[Reason, ...]
    contacts_kept: bool


_POSTING = """
SELECT id, kind, author, publicity, language, source, html, about, address, sent_at, public_at, probability,
       reasons, contacts_kept
FROM posting WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    kind: Kind
    author: int
    publicity: Publicity
    language: str
    source: str
    html: str
    about: str
    address: str
    sent_at: datetime | None
    public_at: datetime | None
    probability: float | None
    reasons: Any
    contacts_kept: bool


async def posting(number: int) -> Posting | None:
    """Find a posting, whatever its publicity; the caller decides who may know of it."""
    row = await db.one(_Row, _POSTING, number)
    if row is None:
        return None
    held, weighed, threshold = read_reasons(row.reasons)
    return Posting(
        id=row.id,
        kind=row.kind,
        author=row.author,
        publicity=row.publicity,
        language=row.language,
        source=row.source,
        html=Markup(row.html),  # noqa: S704 - only text.clean wrote this column
        about=row.about,
        address=row.address,
        sent_at=row.sent_at,
        public_at=row.public_at,
        probability=row.probability,
        threshold=threshold,
        held=held,
        weighed=weighed,
        contacts_kept=row.contacts_kept,
    )


async def insert_posting(author: int, kind: Kind, language: str) -> int:
    """Begin a posting as a draft; gives its number."""
    return await db.value(
        "INSERT INTO posting (kind, author, publicity, language, written_at) VALUES ($1, $2, 'draft', $3, now()) "
        "RETURNING id",
        kind.value,
        author,
        language,
    )


@dataclass(frozen=True, slots=True)
class Locked:
    """What a change must know of the posting that it has locked."""

    kind: Kind
    publicity: Publicity
    author: int
    reasons: Any

    @property
    def held(self) -> tuple[Held, ...]:
        return read_reasons(self.reasons)[0]

    @property
    def behaved(self) -> tuple[Behaved, ...]:
        return read_behaved(self.reasons)

    @property
    def found(self) -> tuple[Found, ...]:
        return read_found(self.reasons)


async def lock(number: int) -> Locked | None:
    """Lock a posting until the transaction ends. Every change takes this lock first, so none wait in a ring."""
    return await db.one(
        Locked, "SELECT kind, publicity, author, reasons FROM posting WHERE id = $1 FOR NO KEY UPDATE", number
    )


async def record_screening(
    number: int,
    held: Sequence[Held],
    examined: Examined,
    behaved: Sequence[Behaved] = (),
    found: Sequence[Found] = (),
) -> None:
    """Keep what a check found, the signs of behaviour beside it, and what the site's rules found."""
    score = examined.score
    await db.run(
        """
        UPDATE posting SET verdict = $2, probability = $3, weights = $4, reasons = $5, screened_at = now()
        WHERE id = $1
        """,
        number,
        score.verdict.value if score else "",
        score.probability if score else None,
        examined.weights[:20],
        write_reasons(held, examined, behaved, found),
    )


async def record_text(number: int, *, source: str, html: str, about: str, address: str, contacts_kept: bool) -> None:
    """Keep the words that were sent, and where they stand; other words that were sent before stay as a version."""
    await db.run(
        """
        INSERT INTO posting_version (posting, source, html, until, was_public)
        SELECT id, source, html, now(), publicity = 'public' FROM posting
        WHERE id = $1 AND sent_at IS NOT NULL AND source <> $2
        """,
        number,
        source,
    )
    await db.run(
        """
        UPDATE posting SET source = $2, html = $3, about = $4, address = $5, contacts_kept = $6,
               sent_at = coalesce(sent_at, now())
        WHERE id = $1
        """,
        number,
        source,
        html,
        about[:200],
        address[:200],
        contacts_kept,
    )


async def record_same(number: int, same: Same) -> None:
    """Keep what a text can be found again by."""
    await db.run(
        "UPDATE posting SET words_hash = $2, phrases = $3, hosts = $4 WHERE id = $1",
        number,
        same.words,
        list(same.phrases),
        list(same.hosts),
    )


async def set_publicity(number: int, seen: Publicity, publicity: Publicity) -> bool:
    """Change the publicity from the one that was seen; False when it was not that any more."""
    return bool(
        await db.run(
            """
            UPDATE posting SET publicity = $3::varchar, changed_at = now(),
                   public_at = CASE WHEN $3::varchar = 'public' THEN coalesce(public_at, now()) ELSE public_at END,
                   quarantined_at = CASE WHEN $3::varchar = 'quarantined' THEN now() ELSE quarantined_at END
            WHERE id = $1 AND publicity = $2
            """,
            number,
            seen.value,
            publicity.value,
        )
    )


async def open_case(number: int) -> int | None:
    """Find the open case of a posting, or the one whose author was asked to change it."""
    return await db.value("SELECT id FROM moderation_case WHERE posting = $1 AND state IN ('open', 'asked')", number)


async def is_asked(number: int) -> bool:
    """Say whether the author of a posting was asked to change it and has not."""
    found = await db.value("SELECT 1 FROM moderation_case WHERE posting = $1 AND state = 'asked'", number)
    return found is not None


async def reopen_asked(number: int) -> bool:
    """Open the case again whose author was asked to change the text; False where there is none."""
    return bool(
        await db.run("UPDATE moderation_case SET state = 'open' WHERE posting = $1 AND state = 'asked'", number)
    )


async def insert_case(number: int, raised_by: RaisedBy) -> int:
    """Open a case; the database allows one open case for a posting."""
    return await db.value(
        "INSERT INTO moderation_case (posting, raised_by, state, opened_at) VALUES ($1, $2, 'open', now()) "
        "RETURNING id",
        number,
        raised_by.value,
    )


async def name_case(case: int, raised_by: RaisedBy) -> None:
    """Say anew what raised an open case, once the check that was missing has been made."""
    await db.run("UPDATE moderation_case SET raised_by = $2 WHERE id = $1 AND state = 'open'", case, raised_by.value)


async def drop_case(number: int) -> int:
    """Close the open case of a posting, because nothing is left to decide; gives how many there were."""
    return await db.run(
        "UPDATE moderation_case SET state = 'dropped', decided_at = now() "
        "WHERE posting = $1 AND state IN ('open', 'asked')",
        number,
    )


async def drop_case_of_screening(number: int) -> int:
    """Close the open case of a posting unless somebody reported it."""
    return await db.run(
        """
        UPDATE moderation_case SET state = 'dropped', decided_at = now()
        WHERE posting = $1 AND state = 'open' AND raised_by <> 'report'
        """,
        number,
    )
