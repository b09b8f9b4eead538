"""What a person says about themselves."""

from piccolo.columns import BigSerial, ForeignKey, Text, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.people.tables import Person
from shapedby.screening.tables import Posting


class Profile(Table, tablename="profile"):
    """A person's wished name and words about themselves, each with the posting that screens it."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    wished_name = Varchar(length=60, default="")
    name_posting = ForeignKey(Posting, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty until a name is chosen."""
    about_me = Text(default="")
    about_me_html = Text(default="")
    about_me_posting = ForeignKey(Posting, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty until something is written."""
