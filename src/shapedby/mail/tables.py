"""Mail that waits to be sent, written in the transaction that causes it."""

from piccolo.columns import BigInt, BigSerial, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class Outgoing(Table, tablename="outgoing_mail"):
    """One mail to one address; ``once`` keeps the same news from being queued twice."""

    id = BigSerial(primary_key=True)
    address = Varchar(length=254)
    subject = Varchar(length=300)
    text = Text()
    html = Text()
    language = Varchar(length=8)
    kind = Varchar(length=40)
    once = Varchar(length=120, null=True, default=None, unique=True)
    stop = Varchar(length=300, default="")
    """The address that stops this kind of mail; empty for a mail that cannot be stopped."""
    rank = SmallInt(default=1)
    """0 leaves before everything else: somebody waits for it at this moment."""
    queued_at = Timestamptz(index=True)
    due_at = Timestamptz(index=True)
    tries = SmallInt(default=0)
    handing_at = Timestamptz(null=True, default=None)
    """Set before its words go to the mail server and emptied when that refuses them: if we stop in between, nobody
    knows whether it arrived, and it is not sent again."""
    sent_at = Timestamptz(null=True, default=None)
    given_up_at = Timestamptz(null=True, default=None)
    trouble = Varchar(length=300, default="")


class OutgoingLetter(Table, tablename="outgoing_letter"):
    """One letter to print: what would be a mail to somebody who has no e-mail address."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=120)
    postal = Text()
    """The lines of the envelope as they were when the letter was written; forgotten once it is posted."""
    subject = Varchar(length=300)
    text = Text()
    language = Varchar(length=8)
    kind = Varchar(length=40)
    once = Varchar(length=120, null=True, default=None, unique=True)
    reference = Varchar(length=20, default="")
    """What stands on the person's slip."""
    queued_at = Timestamptz(index=True)
    posted_at = Timestamptz(null=True, default=None)
    posted_by = BigInt(null=True, default=None)
    """The number of whoever put it in the post."""
