"""More training texts out of the ones there are: what people, and spammers, will do next."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from shapedby.spam.disguise import DISGUISES
from shapedby.spam.grammar import Writer, phone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Example:
    """One labelled text; ``made`` says which change or grammar it came from ("" for a real one)."""

    text: str
    spam: bool
    source: str
    lang: str = ""
    made: str = ""


def paste_link(text: str, writer: Writer, *, selling: bool) -> str:
    """Put one link into a text, in one of the ways that people do."""
    chance, address = writer.chance, writer.address(selling=selling)
    words = text.split(" ")
    cut = chance.randint(0, len(words))
    before, after = " ".join(words[:cut]), " ".join(words[cut:])
    full = address if "//" in address else f"https://{address}"
    way = chance.random()
    if way < 0.4:
        return f"{text}{chance.choice([' ', chr(10), ': ', ' - '])}{address}"
    if way < 0.5:
        return f"{address}{chance.choice([' ', chr(10)])}{text}"
    if way < 0.65:
        return f"{before} {address} {after}".strip()
    anchor = " ".join(words[cut : cut + chance.randint(1, 4)]) or chance.choice(
        ["here", "link", "aquí", "ici", "hier", "yma"]
    )
    rest = " ".join(words[cut + len(anchor.split(" ")) :])
    if way < 0.85:
        return f"{before} [{anchor}]({full}) {rest}".strip()
    return f'{before} <a href="{full}">{anchor}</a> {rest}'.strip()


def paste_contact(text: str, chance: Random) -> str:
    """Put a telephone number, a price, a share, a date or a mail address into a text, at a gap between words."""
    number = chance.randint(1, 2000)
    thing = chance.choice([
        phone(chance), phone(chance), f"£{number}", f"£{number},{chance.randint(100, 999)}", f"{number} €",
        f"{number} euros", f"{number % 100}%", f"{number % 100} %",
        f"{chance.randint(1, 12)}:{chance.choice(['00', '15', '30'])}", "user@domain",
        f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2015, 2026)}", f"{chance.randint(0, 23)}h30",
    ])  # fmt: skip
    words = text.split(" ")
    words.insert(chance.randint(0, len(words)), thing)
    return " ".join(words)


def surround(text: str, legitimate: Sequence[str], chance: Random) -> str:
    """Put a genuine text before or after a text, or both."""
    gap = chance.choice([" ", "\n\n", ". ", "\n"])
    genuine = chance.choice(legitimate)[: chance.choice([120, 300, 700])]
    way = chance.random()
    if way < 0.5:
        return genuine + gap + text
    if way < 0.75:
        return text + gap + genuine
    return genuine + gap + text + gap + chance.choice(legitimate)[:300]


def careful(text: str, chance: Random) -> str:
    """Give a text without capitals and full stops some of both."""
    words, left, start = text.split(), 0, True
    for i, word in enumerate(words):
        left = left - 1 if left > 0 else chance.randint(6, 22)
        words[i] = word[:1].upper() + word[1:] if start or word == "i" or chance.random() < 0.03 else word
        start = left == 0 or word.endswith((".", "!", "?"))
        if left == 0 and word[-1:].isalnum():
            words[i] += chance.choice([".", ".", ".", "?", "!", ".\n\n"])
        elif word[-1:].isalnum() and chance.random() < 0.06:
            words[i] += ","
    return " ".join(words)


def dress(text: str, chance: Random) -> str:
    """Give a text the mark-up, the capitals or the layout of another page."""
    way = chance.randrange(6)
    if way == 0:
        return "".join(f"<p>{line}</p>" for line in text.split("\n"))
    if way == 1:
        return f"<div><strong>{text[:20]}</strong>{text[20:]}&nbsp;<br></div>"
    if way == 2:
        return text.replace(". ", ".\n- ")
    return [text.upper(), text.lower(), text + chance.choice(["!", "!!", "...", " :)", " 👍", " 🙏"])][way - 3]


def _from_legitimate(
    example: Example, peers: Sequence[str], writer: Writer, *, civic: bool
) -> Iterator[tuple[str, str]]:
    chance = writer.chance
    if chance.random() < (0.45 if civic else 0.12):
        yield "link", paste_link(example.text, writer, selling=False)
    if civic and chance.random() < 0.15:
        yield "contact", paste_contact(example.text, chance)
    english = example.lang == "en" and example.source in {"rude_not_spam", "polis_open_data"}
    if english and len(example.text) > 20:  # what is written with care in English is too rare in the sources
        yield (
            "careful",
            careful(" ".join([example.text, *chance.choices(peers, k=chance.choice([0, 0, 1, 3, 6]))]), chance)[:3000],
        )
    if chance.random() < (0.12 if civic else 0.03):
        texts = [example.text, *chance.choices(peers, k=chance.choice([1, 2, 3, 5, 8]))]
        yield "long", chance.choice([" ", "\n\n", ". "]).join(texts)[: chance.choice([1000, 2000, 5000])]
    if chance.random() < 0.06:
        yield "dressed", dress(example.text, chance)
    if chance.random() < 0.04:
        yield "short", " ".join(example.text.split()[: chance.randint(1, 6)])


def _from_spam(example: Example, peers: Sequence[str], writer: Writer) -> Iterator[tuple[str, str]]:
    chance, text = writer.chance, example.text
    if chance.random() < 0.3:
        yield "link", paste_link(text, writer, selling=chance.random() < 0.6)
    if chance.random() < 0.85 and len(text) > 25:
        yield "surrounded", surround(text, peers, chance)
    if chance.random() < 0.3:
        name = chance.choice(sorted(DISGUISES))
        yield "disguised", DISGUISES[name](text, chance)
    if chance.random() < 0.06:
        yield "dressed", dress(text, chance)
    if chance.random() < 0.1 and len(text) > 25:
        linked = paste_link(text, writer, selling=True)
        yield "everything", surround(DISGUISES[chance.choice(sorted(DISGUISES))](linked, chance), peers, chance)


CIVIC = frozenset({"better_reykjavik", "decide_madrid_comments", "decide_madrid_proposals", "entendre_la_france",
                   "polis_open_data", "us_wtp_petitions", "written"})  # fmt: skip
"""Sources of what residents write."""
TALK = CIVIC | {"rude_not_spam"}
"""Sources of what residents write, rudeness included."""


def augment(examples: Sequence[Example], seed: int) -> list[Example]:
    """Return changed copies of examples; the same examples and seed give the same copies."""
    chance = Random(seed)  # noqa: S311  repeatable, not secret
    writer = Writer(chance, "civic_en", "spam_en")
    civic: dict[str, list[str]] = {}
    for e in examples:
        if not e.spam and e.source in CIVIC and len(e.text) > 15:
            civic.setdefault(e.lang, []).append(e.text)
    everywhere = [text for texts in civic.values() for text in texts]
    everywhere = everywhere or [e.text for e in examples if not e.spam] or [""]
    made = list[Example]()
    for e in examples:
        peers = civic.get(e.lang, everywhere)
        peers = peers if len(peers) > 30 and (not e.spam or chance.random() < 0.7) else everywhere
        changed = (
            _from_spam(e, peers, writer) if e.spam else _from_legitimate(e, peers, writer, civic=e.source in CIVIC)
        )
        made += [Example(text, e.spam, e.source, e.lang, how) for how, text in changed]
    return made


_ENGLISH = frozenset(
    {
        "advert",
        "profile",
        "seller",
        "comment",
        "name",
        "idea",
        "petition",
        "formal",
        "plainlong",
        "bio",
        "concern",
        "article",
    }
)
_SENTENCES = {
    "advert": (1, 1, 2),
    "profile": (1, 1, 2, 3),
    "seller": (1, 1, 1, 2, 3),
    "comment": (1, 1, 1, 2),
    "formal": (1, 1, 2, 3, 5, 8),
    "plainlong": (1, 1, 2),
    "idea": (1, 1, 2),
    "cy": (1, 1, 2, 4),
    "petition": (1, 3, 5, 8),
    "concern": (1, 1, 2, 3, 4, 6),
    "article": (1, 1, 2, 2, 3, 4),
}
_SPAM_SHARES = {"advert": 3000, "profile": 2000, "seller": 2800, "comment": 1200, "moreother": 900, "name": 900,
                "es": 500, "fr": 450, "de": 450, "cy": 200, "ca": 120, "pt": 120, "it": 120, "nl": 120,
                "pl": 80, "ro": 80, "tr": 80, "fi": 80}  # fmt: skip
_CIVIC_SHARES = {"idea": 2600, "petition": 1600, "formal": 2400, "plainlong": 300, "bio": 600, "name": 900,
                 "es": 450, "fr": 400, "de": 400, "cy": 1100, "ca": 120, "pt": 80, "it": 80, "nl": 80,
                 "pl": 60, "ro": 60, "tr": 60, "fi": 60}  # fmt: skip


def written(seed: int) -> list[Example]:
    """Return the texts written for this project, unfolded, each once."""
    chance = Random(seed)  # noqa: S311  repeatable, not secret
    found: dict[str, Example] = {}
    for spam, shares, files in (
        (True, _SPAM_SHARES, ("spam_en", "spam_other", "spam_more")),
        (False, _CIVIC_SHARES, ("civic_en", "civic_other", "civic_long")),
        # The same goods, trades and firms as in our adverts, in what nobody sells anything with; and the other way.
        (False, {"concern": 3500}, ("civic_en", "civic_long", "spam_en", "spam_more", "civic_hard")),
        (True, {"article": 2600}, ("spam_en", "spam_other", "spam_more", "spam_article")),
    ):
        writer = Writer(chance, *files)
        for section, count in shares.items():
            lang = "en" if section in _ENGLISH else section
            for _ in range(count):
                more = chance.choice(_SENTENCES.get(section, (1,)))
                text = " ".join(writer.write(section) for _ in range(more))
                if chance.random() < 0.08:
                    text = chance.choice([text.lower(), text.title(), text.upper()])
                found[text] = Example(text, spam, "written", lang, section)
    return list(found.values())
