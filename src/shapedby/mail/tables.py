"""Mail that waits to be sent, written in the transaction that causes it."""

from piccolo.columns import BigSerial, SmallInt, Text, Timestamptz, Varchar
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
    queued_at = Timestamptz(index=True)
    due_at = Timestamptz(index=True)
    tries = SmallInt(default=0)
    sent_at = Timestamptz(null=True, default=None)
    given_up_at = Timestamptz(null=True, default=None)
    trouble = Varchar(length=300, default="")
