"""Training texts written for this project, as small grammars that a seeded chance unfolds.

A file in ``written/`` has sections (``= name``) of one text a line; ``{slot}`` stands for a line of
the section ``slot``, ``(a|b)`` for one of the two.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"(?<!\])\(([^(){}]*\|[^(){}]*)\)")
_SELLERS_USE = ["bit.ly", "t.me", "wa.me", "tinyurl.com", "youtu.be", "cutt.ly"]
_EVERYBODY_USES = [
    "en.wikipedia.org", "www.youtube.com", "youtu.be", "www.bbc.co.uk", "docs.google.com", "www.theguardian.com",
    "elpais.com", "bit.ly", "www.facebook.com", "www.openstreetmap.org", "change.org",
]  # fmt: skip
_VOWELS, _CONSONANTS = "aeiouaeio", "bcdfghklmnprstvz"


def read(*names: str) -> dict[str, list[str]]:
    """Return the sections of files in ``written/``: {section: its lines}."""
    sections: dict[str, list[str]] = {}
    for name in names:
        section: list[str] = []
        for line in lines(name):
            if line.startswith("= "):
                section = sections.setdefault(line[2:], [])
            elif line:
                section.append(line)
    return sections


def lines(name: str) -> list[str]:
    """Return the lines of a file in ``written/`` that is no grammar."""
    return (resources.files("shapedby.spam") / "written" / f"{name}.txt").read_text("utf-8").splitlines()


class Writer:
    """Unfolds texts from sections; the same chance gives the same texts."""

    def __init__(self, chance: Random, *names: str) -> None:
        self.chance = chance
        self.sections = read("slots", "hosts", *names)

    def write(self, section: str) -> str:
        """Return one text of a section."""
        return self.fill(self.chance.choice(self.sections[section]))

    def fill(self, template: str) -> str:
        """Unfold slots and choices until none is left."""
        for _ in range(8):
            unfolded = _CHOICE.sub(lambda m: self.chance.choice(m[1].split("|")), template)
            unfolded = _SLOT.sub(lambda m: self._slot(m[1]), unfolded)
            if unfolded == template:
                break
            template = unfolded
        return template

    def _slot(self, name: str) -> str:
        chance = self.chance
        made = {
            "n": lambda: str(chance.randint(2, 99)),
            "age": lambda: str(chance.randint(18, 45)),
            "year": lambda: str(chance.randint(1998, 2026)),
            "code": lambda: "".join(chance.choices("ABCDEFGHKLMNPRSTUVWXYZ23456789", k=6)),
            "phone": lambda: phone(chance),
            "coined": lambda: self.word().capitalize(),
            "letters": lambda: "".join(chance.choices("ABCDEFGHILMNOPRSTU", k=chance.randint(3, 5))),
            "mail": lambda: (
                f"{chance.choice(['user', 'info', 'contact'])}@{chance.choice(['domain', self.word() + '.com'])}"
            ),
            "link": lambda: self.address(selling=True),
            "civiclink": lambda: self.address(selling=False),
        }.get(name)
        return made() if made else chance.choice(self.sections[name])

    def word(self) -> str:
        """Return a word that no language has."""
        chance = self.chance
        return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 4)))

    def host(self, *, selling: bool) -> str:
        """Return a host that was never seen before."""
        chance, pick = self.chance, self.sections
        named = pick["sellword"] if selling else pick["civicword"]
        pool = [self.word, self.word, lambda: chance.choice(named)]
        if chance.random() < (0.45 if selling else 0.75):
            pool.append(
                lambda: (
                    chance.choice(pick["civicword"] if chance.random() < 0.5 else pick["town"]).lower().replace(" ", "")
                )
            )
        parts = [chance.choice(pool)() for _ in range(chance.choice([1, 1, 2, 2, 3]))]
        if chance.random() < (0.12 if selling else 0.03):
            parts.append(str(chance.randint(1, 999)))
        name = chance.choice(["", "", "-"]).join(parts)
        if not selling and chance.random() < 0.12:
            return f"{name}.{chance.choice(pick['officialend'])}"
        if chance.random() < 0.08:
            name = f"{chance.choice(['blog', 'en', 'shop' if selling else 'maps', 'my', 'news'])}.{name}"
        ends = pick["cheapend"] if selling and chance.random() < 0.6 else pick["end"]
        return f"{name}.{chance.choice(ends)}"

    def address(self, *, selling: bool) -> str:
        """Return a web address, of a seller or of anybody else, in one of the forms people type."""
        chance, pick = self.chance, self.sections
        if chance.random() < 0.1:
            known = chance.choice(_SELLERS_USE if selling else _EVERYBODY_USES)
            return f"https://{known}/{self.word()}{chance.choice(['', self.word(), str(chance.randint(1, 9999))])}"
        start = chance.choice(["https://", "https://", "https://www.", "http://", "http://www.", "www.", ""])
        path = "/" * (chance.random() < 0.4)
        if chance.random() < 0.6:
            words = (
                pick["sellpath"]
                if selling and chance.random() < 0.7
                else [*pick["civicpath"], self.word(), self.word()]
            )
            steps = [chance.choice(words) for _ in range(chance.randint(1, 3))]
            steps += [
                chance.choice(
                    [
                        str(chance.randint(1, 99999)),
                        f"{self.word()}-{self.word()}",
                        "index.html",
                        str(chance.randint(2005, 2026)),
                    ]
                )
            ] * (chance.random() < 0.5)
            path = "/" + "/".join(steps)
        return start + self.host(selling=selling) + path


def phone(chance: Random) -> str:
    """Return a telephone number that looks like one, as often as not with the prefix of a country."""
    digits = "".join(chance.choices("0123456789", k=10))
    forms = [
        f"+{chance.randint(1, 98)} {digits}",
        f"0{digits[:4]} {digits[4:]}",
        f"+1-{digits[:3]}-{digits[3:6]}-{digits[6:]}",
        f"{digits[:3]} {digits[3:6]} {digits[6:9]}",
        f"+{chance.randint(1, 98)}{digits}",
    ]
    return chance.choice(forms)
