"""The statutory pages, as the council edited them."""

from piccolo.columns import BigSerial, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.people.tables import Person


class Statement(Table, tablename="statement"):
    """One version of one statutory page in one language; the newest is shown, the default where there is none."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=30)
    language = Varchar(length=8)
    version = Integer()
    source = Text()
    html = Text()
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()
    statement_once = Unique([name, language, version])
