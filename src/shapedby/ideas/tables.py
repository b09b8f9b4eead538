"""Ideas, the steps of their life, and supports."""

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.columns.reference import LazyTableReference
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
    author = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    """Indexed in 0002: its index would be named as a table is."""
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
    group_name = Varchar(length=80, default="")
    """The class or club whose idea it is, sent by its author; empty for a person's own."""
    anonymous = Boolean(default=False)
    """The author is shown as a resident; staff know who it is."""
    merged_into = ForeignKey(
        LazyTableReference("Idea", module_path=__name__), null=True, index=True, on_delete=OnDelete.restrict
    )
    """The idea that it was joined with, and that has its supporters now."""


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


class SupportHold(Table, tablename="support_hold"):
    """Supports of one idea that count again only when somebody has looked at them: they look like ballot stuffing."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    found_at = Timestamptz()
    signals = JSONB(default="[]")
    """Members of ``tally.rules.stuffing.Signal``; staff read them, nobody else."""
    outcome = Varchar(length=20, default="waiting")
    decided_at = Timestamptz(null=True, default=None)


class SupportHoldDecision(Table, tablename="support_hold_decision"):
    """What was decided about held supports, and why. The app can only add rows."""

    id = BigSerial(primary_key=True)
    hold = ForeignKey(SupportHold, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    outcome = Varchar(length=20)
    number = Integer()
    """How many supports it changed."""
    reason = JSONB()
    """The council's words in each language; public where supports were set aside."""


class Support(Table, tablename="support"):
    """One person's support of one idea, in one of four states; the row stays when it is withdrawn."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    state = Varchar(length=20, default="counted")
    set_aside_for = Varchar(length=20, default="")
    """Why it is set aside: suspended, invalidated. Empty where it never was."""
    returns_to = Varchar(length=20, default="")
    """Held or set aside, where its person withdrew it in that state: supporting again is no way round a decision."""
    hold = ForeignKey(SupportHold, null=True, default=None, on_delete=OnDelete.restrict)
    """The hold that it was last part of; indexed where there is one."""
    origin = Bytea(null=True, default=None)
    """A keyed hash of the network address it came from, forgotten after days: see ``ideas.actions.stuffing``."""
    nonce = Bytea(null=True, default=None)
    """16 random bytes that the database makes: what its leaves in the tally are found with. Only the trigger's."""
    leaves = Integer(default=0)
    """The place of its last leaf among its own. Only the trigger's."""
    since = Timestamptz()
    changed_at = Timestamptz()
    support_once = Unique([idea, person])


class SearchWord(Table, tablename="search_word"):
    """A word of public ideas, without accents: what a mistyped search is compared with. A job learns them."""

    id = BigSerial(primary_key=True)
    word = Varchar(length=30, unique=True)
    ideas = Integer(default=1)
    """How many ideas it stood in when all were last counted."""
    grams = Array(base_column=Varchar(length=3), default=[])
    """Its runs of three letters, with two spaces before it and one after it."""


class Version(Table, tablename="idea_version"):
    """The words of an idea from one change to the next; a new version waits for its check beside the public one."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    posting = ForeignKey(Posting, null=True, unique=True, on_delete=OnDelete.restrict)
    """Its own screening; empty for the first version, which the idea's posting was."""
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    number = SmallInt(null=True, default=None)
    """1 for the words it was published with; empty until the version is public."""
    title = Varchar(length=120, default="")
    group_name = Varchar(length=80, default="")
    problem = Text(default="")
    proposal = Text(default="")
    beneficiaries = Text(default="")
    problem_html = Text(default="")
    proposal_html = Text(default="")
    beneficiaries_html = Text(default="")
    area = ForeignKey(Area, null=True, index=True, on_delete=OnDelete.restrict)
    topic = ForeignKey(Topic, null=True, index=True, on_delete=OnDelete.restrict)
    language = Varchar(length=8, default="en")
    written_at = Timestamptz()
    public_at = Timestamptz(null=True, default=None)
    """When it took the place of the one before."""
    ended_at = Timestamptz(null=True, default=None)
    """When it was given up: taken back, or set aside by our check."""


class Author(Table, tablename="idea_author"):
    """Somebody who writes an idea with its author: invited, or the author of an idea that was joined with it."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    came_by = Varchar(length=20, default="invited")
    """invited, merged."""
    since = Timestamptz()
    author_once = Unique([idea, person])


class Invitation(Table, tablename="idea_invitation"):
    """An invitation to write an idea together; it ends when it is used, withdrawn or old, and carries no words."""

    id = BigSerial(primary_key=True)
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    email = Varchar(length=254, default="")
    """Empty: it is passed on as a link; forgotten when the invitation has ended."""
    nonce = Varchar(length=32, unique=True)
    """What its link is made of, with the secret of this installation."""
    invited_at = Timestamptz()
    ends_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    used_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    withdrawn_at = Timestamptz(null=True, default=None)
    """Taken back by an author, or declined by whom it was for."""


class Merge(Table, tablename="idea_merge"):
    """A proposal to join one idea with another, and what its authors said."""

    id = BigSerial(primary_key=True)
    source = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    """The idea that would go into the other."""
    target = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    because = Varchar(length=20)
    proposed_by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    proposed_at = Timestamptz()
    ends_at = Timestamptz()
    source_agreed_at = Timestamptz(null=True, default=None)
    target_agreed_at = Timestamptz(null=True, default=None)
    state = Varchar(length=20, default="proposed")
    """proposed, done, declined, withdrawn, expired."""
    closed_at = Timestamptz(null=True, default=None)
    closed_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)


class Begun(Table, tablename="idea_begun"):
    """What somebody typed before we knew who they are, or after their sign-in had ended; kept for a day."""

    id = BigSerial(primary_key=True)
    key_hash = Varchar(length=64, unique=True)
    """Of the random number in this browser's cookie."""
    challenge = ForeignKey(Challenge, null=False, index=True, on_delete=OnDelete.cascade)
    idea = ForeignKey(Idea, null=True, index=True, on_delete=OnDelete.cascade)
    """The idea whose form it was; empty: a new one."""
    typed = JSONB(default="{}")
    """The fields of the form, as they were typed."""
    begun_at = Timestamptz()
