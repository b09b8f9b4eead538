"""Ideas, the steps of their life, and supports."""

from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.challenges.tables import Challenge, Topic
from shapedby.people.tables import Area, Person
from shapedby.screening.tables import Posting


class Idea(Table, tablename="idea"):
    """An answer to a challenge; whether the public sees it stands in its posting."""

    id = BigSerial(primary_key=True)
    """The number in its address."""
    challenge = ForeignKey(Challenge, null=False, index=True, on_delete=OnDelete.restrict)
    posting = ForeignKey(Posting, null=False, unique=True, on_delete=OnDelete.restrict)
    author = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    key = Varchar(length=40, null=True, default=None, unique=True)
    """The key of the form it was begun on: the same form sent twice makes one draft."""
    stage = Varchar(length=20, default="open")
    title = Varchar(length=120, default="")
    slug = Varchar(length=80, default="")
    problem = Text(default="")
    proposal = Text(default="")
    beneficiaries = Text(default="")
    problem_html = Text(default="")
    proposal_html = Text(default="")
    beneficiaries_html = Text(default="")
    excerpt = Varchar(length=300, default="")
    area = ForeignKey(Area, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: not sure, or everywhere."""
    topic = ForeignKey(Topic, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty while it is a draft."""
    supports = Integer(default=0)
    """The number of counted rows in ``support``; changes only in the statement that changes those."""
    comments = Integer(default=0)
    """The number of public comments."""
    drafted_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    answer_by = Date(null=True, default=None)
    """The day by which the council has promised an answer."""
    origin = Varchar(length=40, default="")
    """Empty, or the name of the import it came with."""
    foreign_id = Varchar(length=60, null=True, default=None)
    """Its identifier on the platform it came from; unique with ``origin``."""
    foreign_supports = Integer(default=0)
    """How many supported it there; shown beside, never added."""


class Step(Table, tablename="idea_step"):
    """A dated, public step in the life of an idea. The app can only add rows."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    at = Timestamptz()
    kind = Varchar(length=30)
    by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: nobody in particular, such as the classifier."""
    note = JSONB(default="{}")
    """The council's words in each language, or nothing."""


class Support(Table, tablename="support"):
    """One person's support of one idea, in one of four states; the row stays when it is withdrawn."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    state = Varchar(length=20, default="counted")
    set_aside_for = Varchar(length=20, default="")
    """Why it is set aside: suspended. Empty in the other states."""
    since = Timestamptz()
    changed_at = Timestamptz()
    support_once = Unique([idea, person])
