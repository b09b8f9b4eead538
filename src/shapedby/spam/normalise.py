"""Undo what disguises a text, and remember where every character came from."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from shapedby.spam import alphabets, links

_FOLDED = alphabets.Folding()
_WORD = re.compile(r"[^\W\d_]+(?:[^\W_]|[@$!€|](?=\w))*")
_HUMP = re.compile(r"(?<=[a-z0-9]{2})(?=[A-Z][a-z]{2})")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[a-z]")
_LEET = re.compile(r"(?<![^\s(\"'*.,:;-])(?!@user\b)(?=[^\s]*[a-z])[a-z0-9@$!€|]{3,30}(?![^\s)\"'*.,:;?!-])")
_LEET_INSIDE = re.compile(r"(?<=[a-z])[0134578@$!€|]+(?=[a-z])|^[0134578@$€]{1,2}(?=[a-z]{2})|(?<=[a-z]{2})[@$03]$")
_ORDINARY = re.compile(r"^(?:\d+[a-z]{1,3}|[a-z]{1,2}\d+[a-z]?|[a-z]\d[a-z]\d|b2[bc]|\w*[a-z]\d{2,}[a-z]?|co2\w*)$")
_SPACED = re.compile(r"(?<![^\s(\"'])(?:[^\W_]([ .\-_*|]{1,2}))(?:[^\W_]\1){2,40}[^\W_](?![^\s)\"',.!?:;])")


@dataclass
class Normal:
    """A text made plain: lower case, one script for each word, no links, no mark-up.

    ``starts[i]`` is the offset in the original text of the plain text's character ``i``.
    ``undone`` counts the disguises that were taken off, by name.
    """

    text: str
    starts: list[int]
    original: str
    links: list[links.Link] = field(default_factory=list[links.Link])
    undone: dict[str, int] = field(default_factory=dict[str, int])


class _Builder:
    """Collects plain characters with the places they came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []

    def put(self, piece: str, start: int) -> None:
        """Add a character or a replacement, all of it from one place."""
        self.parts.append(piece)
        self.starts.extend([start] * len(piece))

    def run(self, text: str, start: int) -> None:
        """Add running text, words that were written as one (CheapLoansOnline) apart."""
        last = 0
        for hump in _HUMP.finditer(text):
            self._run(text[last : hump.start()], start + last)
            last = hump.start()
            self.put(" ", start + last)
        self._run(text[last:], start + last)

    def _run(self, text: str, start: int) -> None:
        if text.isascii():
            self.parts.append(text.lower().translate(_CONTROLS))
            self.starts.extend(range(start, start + len(text)))
            return
        folded = [_FOLDED[c] for c in text]
        self.parts.extend(folded)
        for place, piece in enumerate(folded, start):
            if len(piece) == 1:
                self.starts.append(place)
            else:
                self.starts.extend([place] * len(piece))


_CONTROLS = dict.fromkeys(range(32), " ") | {127: " "}


def normalise(text: str) -> Normal:
    """Return the plain form of a raw text (Markdown or HTML source), its links, and what was undone."""
    build, found, undone, last = _Builder(), [], dict[str, int](), 0
    for mark in links.MARKS.finditer(text):
        build.run(text[last : mark.start()], last)
        last = mark.end()
        _take(mark, build, found, undone)
    build.run(text[last:], last)
    normal = Normal("".join(build.parts), build.starts, text, found, undone)
    _count_invisible(normal)
    _one_script(normal)
    _unleet(normal)
    _join_spaced(normal)
    return normal


_ADDRESS_GROUP = {"a": "href", "bb": "bburl", "md": "mdurl", "url": "url"}


def _take(mark: re.Match[str], build: _Builder, found: list[links.Link], undone: dict[str, int]) -> None:
    """Turn one mark into its plain form, keeping the link that it holds."""
    kind = mark.lastgroup or ""
    kind = {"href": "a", "bburl": "bb", "mdurl": "md"}.get(kind, kind)
    start = mark.start()
    if kind in _ADDRESS_GROUP:
        found.append(links.read(mark[_ADDRESS_GROUP[kind]], start, mark.end(), kind))
        build.put(f" {alphabets.PLACEHOLDER} ", start)
    elif kind == "entity":
        build.put("".join(_FOLDED[c] for c in html.unescape(mark[0])), start)
    elif kind == "mail":
        build.put(" @ ", start)
    elif kind == "user":
        build.put(" @user ", start)
    else:
        build.put(" ", start)
    if kind in {"a", "bb", "bbend", "tag", "mail", "user"}:
        undone[kind] = undone.get(kind, 0) + 1


def _count_invisible(normal: Normal) -> None:
    """Count zero-width and direction characters, and letters of fancy alphabets."""
    if normal.original.isascii():
        return
    hidden = sum(1 for c in normal.original if c not in _EMOJI_JOINERS and _FOLDED[c] == "")
    fancy = sum(1 for c in normal.original if c > "\u1d00" and _FOLDED[c][:1].isascii() and _FOLDED[c].isalpha())
    normal.undone |= {k: n for k, n in (("hidden", hidden), ("fancy", fancy)) if n}


_EMOJI_JOINERS = "\u200d\ufe0f\u00ad\ufeff\u200e\u200f"


def _one_script(normal: Normal) -> None:
    """Write every word that mixes look-alike letters in one script."""
    text = normal.text
    if not _FOREIGN.search(text):
        return
    latin, foreign = len(_LATIN.findall(text)), len(_FOREIGN.findall(text))

    def repair(match: re.Match[str]) -> str:
        word = match[0]
        letters = set(word)
        if not _FOREIGN.search(word) or (foreign > latin and not _LATIN.search(word) and word.isalpha()):
            return word
        if not _LATIN.search(word) and (latin <= foreign or letters & alphabets.SURE_CYRILLIC):
            return word if word.isalpha() else "".join(alphabets.CYRILLIC_OF.get(c, c) for c in word)
        sure_latin = len(letters & alphabets.SURE_LATIN)
        sure_cyrillic = len(letters & alphabets.SURE_CYRILLIC)
        to_latin = sure_latin > sure_cyrillic or (sure_latin == sure_cyrillic and latin >= foreign)
        table = alphabets.LATIN_OF if to_latin else alphabets.CYRILLIC_OF
        normal.undone["mixed"] = normal.undone.get("mixed", 0) + 1
        return "".join(table.get(c, c) for c in word)

    normal.text = _WORD.sub(repair, text)


def _unleet(normal: Normal) -> None:
    """Read v1agra as viagra, but leave 4x4, B2B, 20mph and covid19 alone."""

    def repair(match: re.Match[str]) -> str:
        word = match[0]
        if word.isalpha() or _ORDINARY.match(word):
            return word
        plain = _LEET_INSIDE.sub(lambda m: "".join(alphabets.LEET.get(c, c) for c in m[0]), word)
        if plain != word:
            normal.undone["leet"] = normal.undone.get("leet", 0) + 1
        return plain

    normal.text = _LEET.sub(repair, normal.text)


def _join_spaced(normal: Normal) -> None:
    """Read "c a s i n o" and "c.a.s.i.n.o" as one word."""
    pieces, starts, last = list[str](), list[int](), 0
    for match in _SPACED.finditer(normal.text):
        if sum(c.isdigit() for c in match[0]) >= len("1.5"):  # dates and telephone numbers
            continue
        keep = [i for i in range(match.start(), match.end()) if normal.text[i].isalnum()]
        pieces += [normal.text[last : match.start()], "".join(normal.text[i] for i in keep)]
        starts += normal.starts[last : match.start()] + [normal.starts[i] for i in keep]
        last = match.end()
        normal.undone["spaced"] = normal.undone.get("spaced", 0) + 1
    if last:
        normal.text = "".join(pieces) + normal.text[last:]
        normal.starts = starts + normal.starts[last:]
