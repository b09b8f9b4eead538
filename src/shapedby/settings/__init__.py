"""Everything that can be set from outside, read once into one frozen object.

A council sets these as environment variables, or writes the same names into a TOML file
and names the file in `SHAPEDBY_CONFIG`; the environment wins.
"""

from __future__ import annotations

from functools import cache
from os import environ
from pathlib import Path

from shapedby.settings.fields import Settings, SettingsError, settings_table
from shapedby.settings.reading import read

__all__ = ["Settings", "SettingsError", "read", "resources", "settings", "settings_table"]

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


@cache
def settings() -> Settings:
    """Give this process's settings, read from its environment the first time; may raise `SettingsError`."""
    return read(environ)


def resources(name: str) -> Path:
    """Find a top-level folder such as `templates`: inside the installed package, else at the checkout's root."""
    installed = _PACKAGE / f"_{name}"
    return installed if installed.exists() else _CHECKOUT / name
