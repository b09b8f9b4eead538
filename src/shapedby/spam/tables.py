"""The heads that a council's decisions taught."""

from piccolo.columns import JSONB, BigSerial, Bytea, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.people.tables import Person


class SpamHead(Table, tablename="spam_head"):
    """One fitted head, with what was measured and what became of it; its number is its version."""

    id = BigSerial(primary_key=True)
    base = Varchar(length=64)
    """The hash of the shipped weights it adds to."""
    weights = Bytea()
    fitted_at = Timestamptz()
    figures = JSONB(default="{}")
    state = Varchar(length=20)
    """promoted, replaced, rolled_back, refused: see ``spam.rules.HeadState``."""
    why = Varchar(length=200, default="")
    """Why it was refused."""
    changed_at = Timestamptz()
    changed_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Who took it out of use; empty for what the program or the command line did."""
