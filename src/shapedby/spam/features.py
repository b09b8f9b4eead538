"""Features made by hand: the shape of a text and of its links, each as a name and a step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapedby.spam.links import CHATS, SHORTENERS

if TYPE_CHECKING:
    from shapedby.spam.links import Link
    from shapedby.spam.normalise import Normal

NAMES = (
    "length", "links", "links_per_word", "hosts", "link_form", "link_end", "shortener", "chat_link", "mail_address",
    "phone", "money", "percent", "digits", "capitals", "shouted_words", "exclamations", "questions", "emoji", "markup",
    "disguised_words", "hidden_characters", "fancy_letters", "spaced_letters", "leet", "repeated_words",
    "title_case", "sentences", "pipes", "hashtags", "pointing", "digits_in_words", "link_only",
)  # fmt: skip
"""Every feature a reason can name."""
SHORT_WORD = 4
TOO_MANY_WORDS = 400
"""Counting every word against every other takes the square of their number."""

_PHONE = re.compile(r"(?<![\w/-])\+?\(?\d[\d \t().\-]{6,18}\d(?!\w)")
_MONEY = re.compile(
    r"[$£€¥₹₽₿]\s?\d|\d\s?[$£€¥₹₽₿]"
    r"|\b\d+[.,]?\d*\s?(?:usd|eur|euros?|gbp|dollars?|руб\w*|rs|rp|lakh|btc|p/min|ppm)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\d\s?%")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]")
_POINTING = re.compile("[➡→👉👇⬇☎📞📱✆▶►»]|-->|==>|>>>")
_SHOUTED = re.compile(r"\b[^\W\d_a-zß-öø-ÿ]{3,}\b")
_TITLED = re.compile(r"(?<=\s)[A-ZÀ-Þ][a-zà-ÿ]{2,}")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_ALNUM_MIX = re.compile(r"\b[^\W\d_]{3,30}\d{1,4}\b")


def _step(value: float, *edges: float) -> int:
    """Return how many edges a value has reached."""
    return sum(value >= edge for edge in edges)


def features(normal: Normal) -> list[tuple[str, str]]:
    """Return (name, step) pairs of a normalised text; steps at their ordinary level are left out."""
    raw, undone, words = normal.original, normal.undone, max(1, len(normal.text.split()))
    size = max(1, len(raw))
    thin = 60 / max(60, words)  # what one long text has once is not what a short one has once
    found: dict[str, int] = {
        "length": _step(words, 3, 6, 12, 25, 50, 100, 200, 400),
        "mail_address": _step(undone.get("mail", 0), 1),
        "phone": _step(len(_PHONE.findall(raw)), 1, 2),
        "money": _step(len(_MONEY.findall(raw)) * thin, 1, 2, 4),
        "percent": _step(len(_PERCENT.findall(raw)) * thin, 1, 2),
        "digits": _step(sum(map(raw.count, "0123456789")) / size, 0.01, 0.03, 0.08, 0.15, 0.3),
        "capitals": _step(sum(map(str.isupper, raw)) / size, 0.005, 0.06, 0.1, 0.2, 0.4),
        "shouted_words": _step(len(_SHOUTED.findall(raw)) / words, 0.03, 0.1, 0.3, 0.6),
        "exclamations": _step(raw.count("!") * thin, 1, 2, 4, 8),
        "questions": _step(raw.count("?") * thin, 1, 2),
        "emoji": _step(len(_EMOJI.findall(raw)) * thin, 1, 2, 4, 8),
        "markup": _step(undone.get("tag", 0) + undone.get("bbend", 0) + raw.count("**"), 1, 3, 8),
        "disguised_words": _step(undone.get("mixed", 0) * thin, 1, 3),
        "hidden_characters": _step(undone.get("hidden", 0) * thin, 1, 4),
        "fancy_letters": _step(undone.get("fancy", 0), 2, 6),
        "spaced_letters": _step(undone.get("spaced", 0), 1, 2),
        "leet": _step(undone.get("leet", 0) * thin, 1, 2, 4),
        "repeated_words": _repeats(normal.text),
        "title_case": _step(len(_TITLED.findall(raw)) / words, 0.15, 0.3, 0.5, 0.75),
        "sentences": _step(len(_SENTENCE.findall(raw)) / words, 0.02, 0.06, 0.12),
        "pipes": _step(raw.count("|") + raw.count("•") + raw.count("★"), 1, 2, 4),
        "hashtags": _step(raw.count("#"), 1, 2, 4),
        "pointing": _step(len(_POINTING.findall(raw)), 1, 3),
        "digits_in_words": _step(len(_ALNUM_MIX.findall(normal.text)) * thin, 1, 2),
    }
    pairs = [(name, str(step)) for name, step in found.items() if step]
    return pairs + (_of_links(normal.links, words) if normal.links else [])


def _repeats(text: str) -> int:
    words = [w for w in text.split() if len(w) > SHORT_WORD]
    return _step(max(map(words.count, set(words))), 3, 5, 8) if 0 < len(words) < TOO_MANY_WORDS else 0


def _of_links(found: list[Link], words: int) -> list[tuple[str, str]]:
    """Return the features that only a text with links has."""
    hosts = {link.host for link in found}
    pairs = [
        ("links", str(_step(len(found), 1, 2, 3, 5, 9))),
        ("links_per_word", str(_step(len(found) / words, 0.01, 0.03, 0.08, 0.2, 0.5))),
        ("hosts", str(_step(len(hosts), 1, 2, 4))),
    ]
    pairs += [("link_form", form) for form in {link.form for link in found}]
    pairs += [("link_end", end) for end in {"path" if len(link.rest) > 1 else "bare" for link in found}]
    pairs += [("shortener", "1")] * bool(hosts & SHORTENERS) + [("chat_link", "1")] * bool(hosts & CHATS)
    return pairs + [("link_only", "1")] * (words <= len(found) + 2)
