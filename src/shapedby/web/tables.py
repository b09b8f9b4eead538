"""Counters of limits, shared between processes."""

from piccolo.columns import Integer, Timestamptz, Varchar
from piccolo.table import Table


class Counter(Table, tablename="web_limit"):
    """How often something happened in a window of time."""

    key = Varchar(length=200, primary_key=True)
    since = Timestamptz()
    times = Integer(default=0)
