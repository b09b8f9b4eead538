"""Challenges, the criteria they are decided by, topics."""

from piccolo.columns import JSONB, BigSerial, Boolean, ForeignKey, Integer, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.people.tables import Area, Person


class Topic(Table, tablename="topic"):
    """What ideas can be about."""

    id = BigSerial(primary_key=True)
    slug = Varchar(length=60, unique=True)
    name = JSONB()
    position = SmallInt(default=0)


class Challenge(Table, tablename="challenge"):
    """A question that the council asks; its texts have one version for each declared language.

    Its stage follows from its four dates: see ``challenges.rules.stage``.
    """

    id = BigSerial(primary_key=True)
    slug = Varchar(length=80, unique=True)
    question = JSONB()
    summary = JSONB()
    """One or two sentences for cards and previews."""
    why_asked = JSONB()
    who_decides = JSONB()
    what_chosen_gets = JSONB()
    privacy_note = JSONB()
    """What this challenge adds to the privacy page; may stay empty."""
    opens_at = Timestamptz()
    closes_at = Timestamptz()
    supports_needed = Integer(default=0)
    supports_each = SmallInt(null=True, default=None)
    """How many ideas of it one person can support at a time; empty for as many as they like."""
    answer_days = SmallInt(default=28)
    anonymous_allowed = Boolean(default=False)
    """Authors may choose to be shown as a resident, without a name."""
    prepared_by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    prepared_at = Timestamptz()
    published_at = Timestamptz(null=True, default=None)
    decided_at = Timestamptz(null=True, default=None)
    """When the last of its ideas was answered and the officer closed it."""


class ChallengeArea(Table, tablename="challenge_area"):
    """The areas that a challenge is about; none means everywhere."""

    id = BigSerial(primary_key=True)
    challenge = ForeignKey(Challenge, null=False, index=True, on_delete=OnDelete.cascade)
    area = ForeignKey(Area, null=False, index=True, on_delete=OnDelete.cascade)
    challenge_area_once = Unique([challenge, area])


class ChallengeTopic(Table, tablename="challenge_topic"):
    """The topics that an idea of a challenge can have."""

    id = BigSerial(primary_key=True)
    challenge = ForeignKey(Challenge, null=False, index=True, on_delete=OnDelete.cascade)
    topic = ForeignKey(Topic, null=False, index=True, on_delete=OnDelete.cascade)
    challenge_topic_once = Unique([challenge, topic])


class Criterion(Table, tablename="criterion"):
    """One thing that the ideas of a challenge are scored on, with its weight in percent."""

    id = BigSerial(primary_key=True)
    challenge = ForeignKey(Challenge, null=False, index=True, on_delete=OnDelete.cascade)
    position = SmallInt()
    name = JSONB()
    meaning = JSONB()
    weight = SmallInt()
    criterion_once = Unique([challenge, position])
