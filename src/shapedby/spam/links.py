"""Links as they stand in the raw text: HTML, Markdown, BBCode, bare and disguised."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SURE_TLD = (
    "com|net|org|info|biz|xyz|ru|uk|tk|eu|ua|kz|cz|au|br|mx|cn|pk|ng|cymru|edu|gov|ly|gg|ws|su|icu|website|shop|store|"
    "vip|casino|porn|io"
)
"""Endings that no language uses as a word: "done.in the end" is not an address."""
_TLD = (
    "com|net|org|info|biz|io|co|me|app|shop|store|online|site|xyz|top|club|vip|live|link|click|pro|tv|cc|ly|gl|gg|"
    "in|ru|uk|us|es|fr|de|eu|it|pt|nl|be|ch|at|ca|au|br|mx|ar|cl|pe|pl|cz|ro|tk|ml|ga|cf|gq|ws|id|my|pk|cn|jp|kr|"
    "se|no|dk|fi|is|ie|nz|za|ng|ke|tr|ua|by|kz|cat|wales|cymru|gov|edu|blog|website|space|fun|win|bet|casino|sex|"
    "porn|dating|agency|services|deals|loan|money|today|news|life|world|tech|dev|ai|page|buzz|icu|su|lat|la|gal|eus|coop"
)
_URL = (
    r"(?:h(?:tt|xx)ps?\s?:\s?/\s?/\s?|www\.|//(?=[\w-]+\.))[^\s<>\"'\]\[{}|\\^`]{2,2000}"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}(?:(?:{_SURE_TLD})(?![\w-])(?:[/?#:][^\s<>\"'\]\[{{}}|\\^`]{{0,2000}})?"
    rf"|(?:{_TLD})/[^\s<>\"'\]\[{{}}|\\^`]{{0,2000}})"
    rf"|(?<![\w@.-])[a-z0-9][a-z0-9-]{{1,62}}\s?(?:\(dot\)|\[dot\]|\(\.\)|\[\.\]|\sdot\s)\s?(?:{_TLD})(?![\w-])"
)
MARKS = re.compile(
    r"(?P<a><a\s[^>]{0,2000}?href\s?=\s?[\"']?(?P<href>[^\"'\s>]{1,2000})[^>]{0,2000}>)"
    r"|(?P<bb>\[url=[\"']?(?P<bburl>[^\"'\]\s]{1,2000})[\"']?\])"
    r"|(?P<md>(?<=\])\(\s?<?(?P<mdurl>(?:https?:|//|www\.|mailto:)[^\s)>]{1,2000})[^)\n]{0,200}\))"
    r"|(?P<bbend>\[/?(?:url|b|i|u|img|size|color|link)(?:=[^\]\n]{0,60})?\])"
    r"|(?P<tag></?[a-z][^<>]{0,3000}>|<!--.{0,2000}?-->)"
    r"|(?P<entity>&(?:[a-z]{2,8}|\#\d{1,6}|\#x[0-9a-f]{1,6});)"
    rf"|(?P<url>{_URL})"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*)"
    r"|(?P<user>(?<!\w)@[\w-]{2,64})",
    re.IGNORECASE | re.DOTALL,
)
"""Everything in a raw text that is not running words."""

SHORTENERS = frozenset(
    "bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly cutt.ly rb.gy shorturl.at rebrand.ly t.ly tiny.cc bl.ink "
    "lnkd.in v.gd s.id adf.ly surl.li clck.ru short.io dub.sh kutt.it tny.im soo.gd linktr.ee".split()
)
CHATS = frozenset(
    "wa.me t.me api.whatsapp.com chat.whatsapp.com telegram.me telegram.dog line.me discord.gg m.me".split()
)


@dataclass(frozen=True)
class Link:
    """One link: where it stands in the original text, and where it leads."""

    start: int
    end: int
    host: str
    rest: str
    form: str

    @property
    def suffix(self) -> str:
        """The last label of the host, such as "com"."""
        return self.host.rpartition(".")[2]


def read(address: str, start: int, end: int, form: str) -> Link:
    """Take an address apart, however carelessly it was typed."""
    plain = re.sub(r"\s?(?:\(dot\)|\[dot\]|\(\.\)|\[\.\]|\sdot\s)\s?", ".", address.lower())
    plain = re.sub(r"^(?:h(?:tt|xx)ps?\s?:)?\s?/\s?/\s?|^mailto:", "", plain.replace(" ", ""))
    host, slash, rest = re.match(r"([^/?#]*)([/?#]?)(.*)", plain, re.DOTALL).groups()  # type: ignore[union-attr]
    host = host.rpartition("@")[2].partition(":")[0].removeprefix("www.").rstrip(".,;!?)")
    return Link(start, end, host, (slash + rest).rstrip(".,;!?)"), form)
