"""What a text can be found again by: its words, its sentences, and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

from shapedby.spam.normalise import normalise

LEAST_WORDS, LEAST_LETTERS = 5, 25
"""Shorter words are said by many: "I agree", "Good idea", a name."""
MOST_PHRASES, MOST_HOSTS = 40, 20
_WORDS = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Same:
    """A text reduced to what can be compared.

    ``words`` is a hash of its words without links, capitals, signs and disguise (empty for short texts); ``phrases``
    are hashes of its sentences, quotations left out; ``hosts`` are where its links lead; ``plain`` is the text as it
    reads once every disguise is taken off.
    """

    words: str = ""
    phrases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    plain: str = ""


def same_of(source: str) -> Same:
    """Reduce a text, as it was typed, to what can be compared."""
    plain, phrases, hosts = list[str](), dict[str, None](), dict[str, None]()
    for line in source.splitlines():
        normal = normalise(line)
        hosts.update(dict.fromkeys(link.host[:120] for link in normal.links if "." in link.host))
        plain.append(normal.text)
        # Who quotes somebody has not copied them.
        if not line.lstrip().startswith(">"):
            phrases.update(dict.fromkeys(_hash(part) for part in _SENTENCE_END.split(normal.text)))
    phrases.pop("", None)
    whole = " ".join(plain)
    return Same(_hash(whole), tuple(phrases)[:MOST_PHRASES], tuple(hosts)[:MOST_HOSTS], " ".join(_WORDS.findall(whole)))


def _hash(text: str) -> str:
    """Give a short hash of the words of a text; empty where they are too few to tell people apart."""
    words = _WORDS.findall(text)
    joined = " ".join(words)
    if len(words) < LEAST_WORDS or len(joined) < LEAST_LETTERS:
        return ""
    return blake2b(joined.encode(), digest_size=10).hexdigest()
