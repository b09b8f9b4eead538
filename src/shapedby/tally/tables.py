"""The log of leaves, its tree and its heads. Nothing here points to a person or a support, and leaves have no time."""

from piccolo.columns import JSONB, BigInt, BigSerial, Bytea, ForeignKey, SmallInt, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class PendingLeaf(Table, tablename="tally_pending"):
    """A change that the log does not have yet; the trigger on ``support`` writes it, publishing removes it."""

    id = BigSerial(primary_key=True)
    idea = BigInt()
    change = SmallInt()
    """1 or -1."""
    commitment = Bytea()
    """The hash of the support's secret nonce and of which of its leaves this is."""
    due = Timestamptz()
    """Not published before; later than now for a leaf of a bulk act. Not indexed: there are never many."""


class Leaf(Table, tablename="tally_leaf"):
    """A published change. The app can only add rows."""

    place = BigInt(primary_key=True)
    """From 0, without gaps."""
    idea = BigInt()
    """A number only: the log outlives what it counted."""
    change = SmallInt()
    commitment = Bytea(unique=True)


class Node(Table, tablename="tally_node"):
    """The hash of one complete subtree of two leaves or more. The app can only add rows."""

    id = BigInt(primary_key=True)
    """Its number in order: see ``tally.rules.tree.number_of``."""
    hash = Bytea()


class Key(Table, tablename="tally_key"):
    """A public key that has signed heads. The app can only add rows."""

    id = BigSerial(primary_key=True)
    public = Bytea(unique=True)
    since = Timestamptz()


class Head(Table, tablename="tally_head"):
    """The signed root of the tree at one size. The app can only add rows."""

    size = BigInt(primary_key=True)
    root = Bytea()
    at = Timestamptz()
    key = ForeignKey(Key, null=False, index=True, on_delete=OnDelete.restrict)
    signature = Bytea()


class Check(Table, tablename="tally_check"):
    """One recount: what was counted, and what did not agree. The app can only add rows."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    ideas = BigInt()
    counted = BigInt()
    published = BigInt()
    pending = BigInt()
    """The sum of the changes that wait."""
    wrong = JSONB(default="[]")
    """One sentence in English for each thing that does not agree; empty is what it should be."""
