"""Piccolo's configuration: which engine, which tables.

Only Piccolo's own command line reads this file. The app, its tests and `shapedby migrate` use
`shapedby.db` directly.
"""

from piccolo.conf.apps import AppRegistry

from shapedby.db import engine, open_database

engine.address(open_database().owner)

DB = engine
APP_REGISTRY = AppRegistry(apps=["shapedby.piccolo_app"])
