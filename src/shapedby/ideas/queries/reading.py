"""Asking for single ideas: as the public sees them, as their author does, and the steps of their life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from shapedby import db
from shapedby.challenges import rules as challenge_rules
from shapedby.ideas.rules import Stage, StepKind, SupportState, Written
from shapedby.ideas.rules.together import may_write
from shapedby.kernel import Actor, Role, Words
from shapedby.screening.rules import Publicity

MOST_OWN = 200
MOST_NUMBER = 2**63 - 1
"""What fits the column; an address can carry any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An idea with its texts, its author and its challenge, as it stood at ``now``, the database's time."""

    number: int
    slug: str
    posting: int
    publicity: Publicity
    stage: Stage
    language: str
    title: str
    problem_html: Markup
    proposal_html: Markup
    beneficiaries_html: Markup
    excerpt: str
    supports: int
    comments: int
    foreign_supports: int
    origin: str
    drafted_at: datetime
    sent_at: datetime | None
    public_at: datetime | None
    answer_by: date | None
    author: int
    author_name: str
    author_role: Role
    organisation: str
    young: bool
    area: int | None
    area_slug: str | None
    area_name: Words | None
    topic: int | None
    topic_slug: str | None
    topic_name: Words | None
    challenge: int
    challenge_slug: str
    challenge_question: Words
    supports_needed: int
    challenge_published_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    decided_at: datetime | None
    now: datetime
    group_name: str
    anonymous: bool
    recorded: bool
    """The council's staff wrote it down for a resident."""
    merged_into: int | None
    co_authors: list[int]
    mixed_ages: bool
    """Adults and people under 18 write it together."""

    @property
    def authors(self) -> tuple[int, ...]:
        """Everybody who writes it: its author, then the others in the order in which they came."""
        return (self.author, *self.co_authors)

    def by(self, actor: Actor) -> bool:
        """Say whether somebody is one of its authors, and can read and change it as it stands."""
        return may_write(
            actor,
            author=self.author,
            co_authors=self.co_authors,
            publicity=self.publicity,
            mixed_ages=self.mixed_ages,
        )

    @property
    def address(self) -> str:
        """Where it stands on this site."""
        return f"/ideas/{self.number}/{self.slug}"

    @property
    def challenge_stage(self) -> challenge_rules.Stage:
        return challenge_rules.stage(
            self.challenge_published_at, self.opens_at, self.closes_at, self.decided_at, self.now
        )

    @property
    def is_public(self) -> bool:
        return self.publicity is Publicity.PUBLIC


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step in the life of an idea; ``by_name`` is empty where nobody in particular took it."""

    at: datetime
    kind: StepKind
    by_name: str
    by_role: Role | None
    note: Words


@dataclass(frozen=True, slots=True)
class OwnIdea:
    """One of a person's own ideas, whatever its publicity."""

    number: int
    slug: str
    title: str
    publicity: Publicity
    stage: Stage
    supports: int
    comments: int
    drafted_at: datetime
    sent_at: datetime | None
    answer_by: date | None
    challenge_slug: str
    challenge_question: Words

    @property
    def address(self) -> str:
        """Where its author goes on with it."""
        return f"/ideas/{self.number}/" + ("edit" if self.publicity is Publicity.DRAFT else self.slug)


_IDEA = """
SELECT i.id AS number, i.slug, i.posting, p.publicity, i.stage, p.language, i.title, i.problem_html, i.proposal_html,
       i.beneficiaries_html, i.excerpt, i.supports, i.comments, i.foreign_supports, i.origin, i.drafted_at, i.sent_at,
       p.public_at, i.answer_by, i.author,
       CASE WHEN a.left_at IS NULL AND NOT i.anonymous THEN a.name ELSE '' END AS author_name,
       CASE WHEN i.anonymous THEN 'resident' ELSE a.role END AS author_role,
       CASE WHEN i.anonymous THEN '' ELSE a.organisation END AS organisation, a.young, i.area, ar.slug AS area_slug,
       ar.name AS area_name, i.topic, t.slug AS topic_slug, t.name AS topic_name, i.challenge, c.slug AS challenge_slug,
       c.question AS challenge_question, c.supports_needed, c.published_at AS challenge_published_at, c.opens_at,
       c.closes_at, c.decided_at, now() AS now, i.group_name, i.anonymous, p.recorded_by IS NOT NULL AS recorded,
       i.merged_into, ARRAY(SELECT w.person FROM idea_author w WHERE w.idea = i.id ORDER BY w.id) AS co_authors,
       EXISTS (SELECT FROM idea_author w JOIN person b ON b.id = w.person WHERE w.idea = i.id AND b.young <> a.young)
         AS mixed_ages
FROM idea i
JOIN posting p ON p.id = i.posting
JOIN person a ON a.id = i.author
JOIN challenge c ON c.id = i.challenge
LEFT JOIN area ar ON ar.id = i.area
LEFT JOIN topic t ON t.id = i.topic
"""
_PUBLIC = _IDEA + "WHERE i.id = $1 AND p.publicity = 'public'"
_ANY = _IDEA + "WHERE i.id = $1"
_OF_POSTING = _IDEA + "WHERE i.posting = $1"
_WRITTEN = """
SELECT i.title, i.problem, i.proposal, i.beneficiaries, i.area, i.topic, p.language, i.group_name AS group, i.anonymous
FROM idea i JOIN posting p ON p.id = i.posting WHERE i.id = $1
"""
_STEPS = """
SELECT s.at, s.kind, CASE WHEN s.by IS NOT NULL AND p.left_at IS NULL
         AND NOT (i.anonymous AND s.by = i.author) THEN p.name ELSE '' END AS by_name,
       p.role AS by_role, s.note
FROM idea_step s JOIN idea i ON i.id = s.idea LEFT JOIN person p ON p.id = s.by
WHERE s.idea = $1 ORDER BY s.at, s.id LIMIT 200
"""
_OWN = """
SELECT i.id AS number, i.slug, i.title, p.publicity, i.stage, i.supports, i.comments, i.drafted_at, i.sent_at,
       i.answer_by, c.slug AS challenge_slug, c.question AS challenge_question
FROM idea i JOIN posting p ON p.id = i.posting JOIN challenge c ON c.id = i.challenge
WHERE (i.author = $1 OR EXISTS (SELECT FROM idea_author w WHERE w.idea = i.id AND w.person = $1))
  AND p.publicity <> 'deleted' AND NOT (p.publicity = 'withdrawn' AND i.sent_at IS NULL)
ORDER BY i.id DESC LIMIT $2
"""


async def idea(number: int) -> Idea | None:
    """Find a public idea by its number."""
    return await db.one(Idea, _PUBLIC, number) if number <= MOST_NUMBER else None


async def any_idea(number: int) -> Idea | None:
    """Find an idea whatever its publicity; the caller decides who may know of it."""
    return await db.one(Idea, _ANY, number) if number <= MOST_NUMBER else None


async def idea_for(actor: Actor, number: int) -> Idea | None:
    """Find an idea that this actor may see: public, their own, or for staff anything that was ever sent."""
    found = await any_idea(number)
    if found is None or found.is_public:
        return found
    if found.publicity is Publicity.DELETED:
        return None
    if found.by(actor):
        return found
    return found if actor.is_staff and found.publicity is not Publicity.DRAFT and found.sent_at else None


async def idea_of_posting(posting: int) -> Idea | None:
    """Find the idea whose text a posting is."""
    return await db.one(Idea, _OF_POSTING, posting)


async def written(number: int) -> Written:
    """Give an idea's texts as they were typed, for its author's form."""
    found = await db.one(Written, _WRITTEN, number)
    return found or Written()


async def steps(number: int) -> list[Step]:
    """List the steps of an idea's life, the first on top."""
    return await db.many(Step, _STEPS, number)


async def own(person: int, most: int = MOST_OWN) -> list[OwnIdea]:
    """List a person's own ideas and drafts, the newest on top; drafts that were thrown away are not among them."""
    return await db.many(OwnIdea, _OWN, person, most)


async def my_support(number: int, person: int) -> SupportState | None:
    """Say in which state a person's support of an idea is; None where there never was one."""
    state = await db.value("SELECT state FROM support WHERE idea = $1 AND person = $2", number, person)
    return SupportState(state) if state else None


async def supporters(number: int) -> list[int]:
    """List the people whose support of an idea is counted."""
    return await db.values("SELECT person FROM support WHERE idea = $1 AND state = 'counted' ORDER BY person", number)


async def was_withdrawn(number: int) -> bool:
    """Say whether the step that ends an idea's life is there already."""
    sql = "SELECT EXISTS (SELECT FROM idea_step WHERE idea = $1 AND kind = 'withdrawn')"
    return await db.value(sql, number)


async def draft_begun_with(key: str, author: int) -> int | None:
    """Find the draft that a form already made."""
    return await db.value("SELECT id FROM idea WHERE key = $1 AND author = $2", key, author)


async def today(zone: str) -> date:
    """Give the council's day, by the database's clock."""
    return await db.value("SELECT (now() AT TIME ZONE $1)::date", zone)
