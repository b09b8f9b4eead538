"""What is kept of what people say about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from shapedby import db


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's wished name and words about themselves; a posting says who can see each."""

    person: int
    wished_name: str
    name_posting: int | None
    about_me: str
    about_me_html: Markup
    about_me_posting: int | None


@dataclass(frozen=True, slots=True)
class PublicProfile:
    """What everybody may see of a person; ``about_me_html`` is empty until it is public."""

    person: int
    name: str
    organisation: str
    about_me_html: Markup


@dataclass(frozen=True, slots=True)
class Named:
    """A person whose name a posting is about."""

    person: int
    wished_name: str
    name: str
    language: str


_PROFILE = """
SELECT person, wished_name, name_posting, about_me, about_me_html, about_me_posting FROM profile WHERE person = $1
"""
_DESCRIBED = """
SELECT person, wished_name, name_posting, about_me, about_me_html, about_me_posting FROM profile
WHERE about_me_posting = $1
"""
_PUBLIC = """
SELECT p.id AS person, p.name, p.organisation,
       CASE WHEN a.publicity = 'public' THEN f.about_me_html ELSE '' END AS about_me_html
FROM person p LEFT JOIN profile f ON f.person = p.id LEFT JOIN posting a ON a.id = f.about_me_posting
WHERE p.id = $1 AND NOT p.young AND p.left_at IS NULL AND p.welcomed_at IS NOT NULL
"""
_NAMED = """
SELECT f.person, f.wished_name, p.name, p.language
FROM profile f JOIN person p ON p.id = f.person WHERE f.name_posting = $1
"""


def _marked(profile: Profile) -> Profile:
    # Only text.clean wrote this column.
    return Profile(
        profile.person,
        profile.wished_name,
        profile.name_posting,
        profile.about_me,
        Markup(profile.about_me_html),  # noqa: S704 - see above
        profile.about_me_posting,
    )


async def now() -> datetime:
    """Give the database's time."""
    return await db.value("SELECT now()")


async def profile(person: int) -> Profile:
    """Give what a person says about themselves; an empty profile where there is none yet."""
    found = await db.one(Profile, _PROFILE, person)
    return _marked(found) if found else Profile(person, "", None, "", Markup(""), None)


async def public_profile(person: int) -> PublicProfile | None:
    """Give what everybody may see of a person; None for the young, for people who left and for newcomers."""
    found = await db.one(PublicProfile, _PUBLIC, person)
    if found is None:
        return None
    about = Markup(found.about_me_html)  # noqa: S704 - only text.clean wrote this column
    return PublicProfile(found.person, found.name, found.organisation, about)


async def named_by(posting: int) -> Named | None:
    """Give the person whose newest name a posting is about."""
    return await db.one(Named, _NAMED, posting)


async def keep_name(person: int, name: str, posting: int) -> None:
    """Keep the name somebody wishes, and the posting that decides about it."""
    await db.run(
        "INSERT INTO profile (person, wished_name, name_posting) VALUES ($1, $2, $3) "
        "ON CONFLICT (person) DO UPDATE SET wished_name = $2, name_posting = $3",
        person,
        name,
        posting,
    )


async def forget_words(posting: int) -> None:
    """Forget a wished name, or words about oneself, that were deleted from quarantine."""
    await db.run("UPDATE profile SET wished_name = '', name_posting = NULL WHERE name_posting = $1", posting)
    await db.run(
        "UPDATE profile SET about_me = '', about_me_html = '', about_me_posting = NULL WHERE about_me_posting = $1",
        posting,
    )


async def keep_about_me(person: int, source: str, html: str, posting: int | None) -> None:
    """Keep what somebody says about themselves, and the posting that decides about it."""
    await db.run(
        "INSERT INTO profile (person, about_me, about_me_html, about_me_posting) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (person) DO UPDATE SET about_me = $2, about_me_html = $3, about_me_posting = $4",
        person,
        source,
        html,
        posting,
    )


async def described_by(posting: int) -> Profile | None:
    """Give the profile whose words about oneself a posting is."""
    found = await db.one(Profile, _DESCRIBED, posting)
    return _marked(found) if found else None
