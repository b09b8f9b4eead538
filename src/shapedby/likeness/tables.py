"""What texts are found by when somebody looks for others like them."""

from piccolo.columns import Array, BigInt, BigSerial, DoublePrecision, Integer, SmallInt
from piccolo.table import Table


class Entry(Table, tablename="likeness_entry"):
    """The marks of one public text; whose text it is, the slice above knows by its number."""

    id = BigSerial(primary_key=True)
    thing = BigInt(unique=True)
    """The number of what is compared: an idea's."""
    within = BigInt(index=True)
    """Only texts with the same number here are compared: a challenge's."""
    made = SmallInt(default=0)
    """Which version of the rules marked it."""
    words = SmallInt(default=0)
    """How many words its title has."""
    marks = Array(base_column=Integer(), default=[])
    """See ``likeness.rules``; found through an index in migration 2."""


class Common(Table, tablename="likeness_common"):
    """A mark that many texts have, and which share of them; a job counts anew."""

    id = BigSerial(primary_key=True)
    mark = Integer(unique=True)
    share = DoublePrecision()
