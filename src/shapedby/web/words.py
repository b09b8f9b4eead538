"""The sentence for each member of an enumeration, in the reader's language.

A slice calls ``says`` once at import with the sentences of its ``Why`` and its states; templates then write
``{{ member|says }}`` and forms ``sentence(tongue, member)``.
"""

from collections.abc import Mapping
from enum import StrEnum

from shapedby.web.language import Tongue

_SENTENCES: dict[tuple[type[StrEnum], str], str] = {}


def says(*sentences: Mapping[StrEnum, str]) -> None:
    """Register the English sentence of each member; mark each with ``N_`` so that catalogues find it.

    One mapping for each enumeration: members of two with the same value are the same key. Raises ``TypeError``.
    """
    for one in sentences:
        if len({type(member) for member in one}) != 1:
            message = "give each enumeration a mapping of its own: members of two can be the same key"
            raise TypeError(message)
        for member, words in one.items():
            _SENTENCES[type(member), member.value] = words


def has_sentence(member: StrEnum) -> bool:
    """Say whether a member was registered."""
    return (type(member), member.value) in _SENTENCES


def sentence(tongue: Tongue, member: StrEnum, facts: Mapping[str, object] | None = None) -> str:
    """Say a member in a language; ``{gaps}`` in the sentence are filled from ``facts``."""
    words = tongue.says(_SENTENCES[type(member), member.value])
    return words.format_map(facts) if facts else words


_DONE: dict[str, str] = {}


def done(sentences: Mapping[str, str]) -> None:
    """Register what a page says after something was done: ``?done=key`` shows the sentence."""
    _DONE.update(sentences)


def done_sentence(tongue: Tongue, key: str) -> str:
    """Say what was done; empty for a key that nobody registered."""
    return tongue.says(_DONE[key]) if key in _DONE else ""
