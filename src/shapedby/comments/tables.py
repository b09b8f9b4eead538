"""Comments on ideas, with replies one level deep."""

from piccolo.columns import BigSerial, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.columns.reference import LazyTableReference
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.ideas.tables import Idea
from shapedby.people.tables import Person
from shapedby.screening.tables import Posting


class Comment(Table, tablename="comment"):
    """A comment; its text and whether the public sees it stand in its posting."""

    id = BigSerial(primary_key=True)
    """The number in its address."""
    idea = ForeignKey(Idea, null=False, index=True, on_delete=OnDelete.cascade)
    answers = ForeignKey(
        LazyTableReference("Comment", module_path=__name__), null=True, index=True, on_delete=OnDelete.restrict
    )
    """The comment it replies to; empty for a comment on the idea itself."""
    posting = ForeignKey(Posting, null=False, unique=True, on_delete=OnDelete.restrict)
    author = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    sent_at = Timestamptz()
    origin = Varchar(length=40, default="")
    foreign_id = Varchar(length=60, null=True, default=None)
    """Its identifier on the platform it came from; unique with ``origin``."""
    pinned_at = Timestamptz(null=True, default=None)
    """When the council put it at the top; empty for all others."""
    pinned_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """The officer who did; empty for all others."""


class Useful(Table, tablename="comment_useful"):
    """Somebody found a comment useful; the row goes when they take that back."""

    id = BigSerial(primary_key=True)
    comment = ForeignKey(Comment, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()
    comment_useful_once = Unique([comment, person])
