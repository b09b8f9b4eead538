"""For how many days each kind of personal data is kept."""

from __future__ import annotations

from collections.abc import Mapping

from shapedby.settings.fields import SettingsError, names

LEAST = {"keep_dormant": 90}
LONGEST = 36_500
LONGEST_TEXT = 5


def kept_for(given: Mapping[str, str]) -> dict[str, int]:
    """Read every setting of the group Retention, by its field's name; raises ``SettingsError``."""
    return {field: _days(name, given[name], field) for name, (field, _) in names().items() if field.startswith("keep_")}


def _days(name: str, text: str, field: str) -> int:
    least = LEAST.get(field, 1)
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_TEXT
    if plain and least <= int(text) <= LONGEST:
        return int(text)
    message = f"{name} is {text!r}. Give a number of days from {least} to {LONGEST}."
    raise SettingsError(message)
