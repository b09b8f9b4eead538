"""Pictures that belong to a posting: the public sees one where its posting is public and somebody has looked at it."""

from piccolo.columns import BigSerial, ForeignKey, Integer, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.screening.tables import Posting


class Picture(Table, tablename="picture"):
    """One picture in two sizes, with the words for those who cannot see it."""

    id = BigSerial(primary_key=True)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.cascade)
    place = SmallInt(default=1)
    """Its place among the pictures of the posting, from 1."""
    description = Varchar(length=300)
    file = Varchar(length=64, index=True)
    """The hash of its bytes: where it is stored, and its address."""
    width = Integer()
    height = Integer()
    small = Varchar(length=64, index=True)
    """The hash of the smaller size."""
    small_width = Integer()
    small_height = Integer()
    added_at = Timestamptz()
    seen_at = Timestamptz(null=True, default=None)
    """When a moderator had looked at it; empty: it waits for that."""
