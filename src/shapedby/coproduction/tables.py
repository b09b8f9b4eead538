"""Projects: phases with gates, sessions, teams, updates, decisions and indicators."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.ideas.tables import Idea
from shapedby.people.tables import Area, Person


class Project(Table, tablename="project"):
    """A shortlisted idea that residents, partners and staff build together."""

    id = BigSerial(primary_key=True)
    slug = Varchar(length=80, unique=True)
    idea = ForeignKey(Idea, null=False, unique=True, on_delete=OnDelete.restrict)
    title = JSONB()
    summary = JSONB()
    phase = Varchar(length=20, default="prepare")
    state = Varchar(length=20, default="active")
    began_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)
    outcome_kind = Varchar(length=20, default="")
    outcome = JSONB(default="{}")
    outcome_html = JSONB(default="{}")
    host = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    """The officer who answers for it."""


class Evidence(Table, tablename="gate_evidence"):
    """One thing that must be shown before a project leaves a phase."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    phase = Varchar(length=20)
    position = SmallInt()
    what = JSONB()
    shown = JSONB(default="{}")
    """What shows it, in the council's words."""
    shown_at = Timestamptz(null=True, default=None)
    shown_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty until it is shown."""
    gate_evidence_once = Unique([project, phase, position])


class GateDecision(Table, tablename="gate_decision"):
    """Whether a project may leave a phase, who decided and why. The app can only add rows."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.restrict)
    phase = Varchar(length=20)
    passed = Boolean()
    reason = JSONB()
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()


class Member(Table, tablename="project_member"):
    """Somebody on a project's team; ``person`` is empty for people without a sign-in."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty: written down by staff for somebody without a sign-in."""
    name = Varchar(length=80)
    side = Varchar(length=20)
    """resident, staff, partner."""
    part = Varchar(length=30)
    """host, core_team, stakeholder, end_user, invited_innovator, broker."""
    organisation = Varchar(length=120, default="")
    since = Date()
    until = Date(null=True, default=None)


class Session(Table, tablename="project_session"):
    """A workshop, interview round, meeting or visit."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    phase = Varchar(length=20)
    kind = Varchar(length=20)
    title = JSONB()
    starts_at = Timestamptz(index=True)
    ends_at = Timestamptz()
    place = JSONB()
    who_may_join = JSONB()
    theme = JSONB(default="{}")
    area = ForeignKey(Area, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: for everywhere."""
    link = Varchar(length=300, default="")
    """Where it is held online; only those with a place see it."""
    helps = JSONB(default="{}")
    """What makes coming possible, in the council's words: travel, childcare, an interpreter, payment."""
    step_free = Boolean(default=False)
    worker = Varchar(length=80, default="")
    """Who looks after those under 18; left empty, they cannot take a place."""
    takes_places = Boolean(default=False)
    capacity = Integer(null=True, default=None)
    """Empty: everybody finds room."""
    target = Integer(null=True, default=None)
    """How many should come; with fewer a second visit is due."""
    code = Varchar(length=6, default="")
    """Said at the door, so that people can tell us themselves that they came."""
    edition = SmallInt(default=0)
    """Counts the changes, for the calendars that took it over."""
    cancelled_at = Timestamptz(null=True, default=None)
    why_cancelled = JSONB(default="{}")
    second_visit_of = ForeignKey("self", null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: it is no second visit."""
    came = Integer(null=True, default=None)
    agreed = JSONB(default="{}")
    agreed_html = JSONB(default="{}")
    unclear = Boolean(default=False)
    """The record does not say clearly what was agreed: a second visit is due."""


class Place(Table, tablename="session_place"):
    """Somebody's place at a session, or in the queue for one; ``person`` is empty for people without a sign-in."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(Session, null=False, index=True, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.cascade)
    """Empty: written down by staff for somebody without a sign-in."""
    name = Varchar(length=80, default="")
    """Their name, where there is no sign-in that carries one."""
    state = Varchar(length=20, default="going")
    """going, waiting, given_back."""
    need = Varchar(length=600, default="")
    """What they need to be able to come: seen by the project's officers only, gone 30 days after the session."""
    asked_at = Timestamptz()
    came_at = Timestamptz(null=True, default=None)
    said = Boolean(default=False)
    """Has said what the session was like; what was said does not point here."""
    written_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: they asked for it themselves."""
    session_place_once = Unique([session, person])


class Group(Table, tablename="session_group"):
    """How many of one group came to a session."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(Session, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    who = Varchar(length=20)
    came = Integer()
    session_group_once = Unique([session, who])


class Opinion(Table, tablename="session_opinion"):
    """What somebody thought of a session: three answers from 1 to 5, and nothing about who."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(Session, null=False, index=True, on_delete=OnDelete.cascade)
    useful = SmallInt()
    heard = SmallInt()
    again = SmallInt()


class Update(Table, tablename="project_update"):
    """News of a project, in the council's voice."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    phase = Varchar(length=20)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()
    words = JSONB()
    words_html = JSONB()


class Choice(Table, tablename="project_decision"):
    """What a project's team decided, and how many of each side had a say. The app can only add rows."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    phase = Varchar(length=20)
    decided_on = Date()
    what = JSONB()
    residents = SmallInt(default=0)
    staff = SmallInt(default=0)
    partners = SmallInt(default=0)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()


class Indicator(Table, tablename="indicator"):
    """A figure that should change: before, target and its readings."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    position = SmallInt(default=0)
    name = JSONB()
    unit = JSONB()
    measured_by = JSONB(default="{}")
    before = Numeric(digits=(14, 2))
    before_on = Date()
    target = Numeric(digits=(14, 2), null=True, default=None)


class Reading(Table, tablename="indicator_reading"):
    """What an indicator showed on a day."""

    id = BigSerial(primary_key=True)
    indicator = ForeignKey(Indicator, null=False, index=True, on_delete=OnDelete.cascade)
    on_day = Date()
    value = Numeric(digits=(14, 2))
    comment = JSONB(default="{}")
    indicator_reading_once = Unique([indicator, on_day])


class Need(Table, tablename="project_need"):
    """Something a project asks for."""

    id = BigSerial(primary_key=True)
    project = ForeignKey(Project, null=False, index=True, on_delete=OnDelete.cascade)
    kind = Varchar(length=20)
    what = JSONB()
    asked_at = Timestamptz()
    met_at = Timestamptz(null=True, default=None)


class Offer(Table, tablename="offer"):
    """Time, skills, space or things that somebody offers to a project, or to any; officers read it, nobody else."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.cascade)
    project = ForeignKey(Project, null=True, index=True, on_delete=OnDelete.cascade)
    """Empty: for any project; otherwise the one that it was offered to, or that has it now."""
    need = ForeignKey(Need, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty: it answers nothing that was asked for."""
    kind = Varchar(length=20)
    words = Varchar(length=1000)
    state = Varchar(length=20, default="open", index=True)
    """open, matched, declined, withdrawn, ended."""
    made_at = Timestamptz()
    decided_at = Timestamptz(null=True, default=None)
    decided_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty while it is open, and where its person withdrew it."""
    answer = JSONB(default="{}")


class Given(Table, tablename="offer_given"):
    """What was given or lent on a day, so that it can be thanked for."""

    id = BigSerial(primary_key=True)
    offer = ForeignKey(Offer, null=False, index=True, on_delete=OnDelete.cascade)
    on_day = Date()
    hours = Numeric(digits=(6, 1), null=True, default=None)
    what = Varchar(length=120, default="")
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
