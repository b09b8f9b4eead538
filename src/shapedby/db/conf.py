"""What Piccolo reads while our migrations run (named in PICCOLO_CONF): the engine of the role that migrates."""

from __future__ import annotations

from shapedby.db.asking import engine
from shapedby.db.connecting import Engine

DB: Engine = engine
