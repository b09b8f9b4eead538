"""Officers' assessments of ideas, and the council's responses to them."""

from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.challenges.tables import Criterion
from shapedby.ideas.tables import Idea
from shapedby.people.tables import Person


class Assessment(Table, tablename="assessment"):
    """An officer's view of an idea against the challenge's criteria."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    officer = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    note = Text(default="")
    at = Timestamptz()
    assessment_once = Unique([idea, officer])


class Score(Table, tablename="assessment_score"):
    """The points of one assessment for one criterion, 0 to 5."""

    id = BigSerial(primary_key=True)
    assessment = ForeignKey(Assessment, null=False, index=True, on_delete=OnDelete.cascade)
    criterion = ForeignKey(Criterion, null=False, index=True, on_delete=OnDelete.restrict)
    points = SmallInt()
    assessment_score_once = Unique([assessment, criterion])


class Response(Table, tablename="response"):
    """The council's answer to an idea, in every declared language. The app can only add rows."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    kind = Varchar(length=30)
    """under_review, shortlisted, not_taken_forward, note: see ``shortlist.rules.ResponseKind``."""
    reason = JSONB()
    reason_html = JSONB()
    at = Timestamptz()


class PromiseReminder(Table, tablename="promise_reminder"):
    """An officer was reminded of a promised day, so many open days before it; once each."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    answer_by = Date()
    days = SmallInt()
    told_at = Timestamptz()
    promise_reminder_once = Unique([idea, answer_by, days])
