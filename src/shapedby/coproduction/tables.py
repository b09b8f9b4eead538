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
from shapedby.people.tables import Person


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
    came = Integer(null=True, default=None)
    agreed = JSONB(default="{}")
    agreed_html = JSONB(default="{}")


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
