"""Which addresses a link may have, and which host it really leads to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from .allowed import ALLOWED_SCHEMES

LONGEST: Final = 2_000
_LONGEST_HOST: Final = 253  # RFC 1035

# Endings that make a bare word an address. Any ending will do after http://.
ENDINGS: Final = (
    "academy|agency|ai|app|ar|art|at|au|be|beauty|bg|biz|blog|br|buzz|by|bz|ca|casa|casino|cat|cc|cf|ch|cl|click|club|cn|"
    "co|com|coop|cr|cymru|cz|de|dev|digital|dk|do|ec|edu|ee|email|es|eu|eus|example|fi|fm|fr|fun|fyi|ga|gal|gg|global|gl|"
    "gov|gq|gr|gt|guru|hk|hn|host|hr|hu|icu|id|ie|il|im|in|info|invalid|io|ir|is|it|jobs|jp|ke|kr|kz|la|li|life|link|live|"
    "lol|london|lt|lu|lv|ly|ma|market|me|media|mil|ml|mobi|mx|my|name|net|news|ng|ni|nl|no|nu|nz|one|online|org|pa|page|"
    "pe|ph|pk|pl|porn|press|pro|pt|pw|py|quest|re|ro|rs|ru|scot|se|sex|sg|sh|shop|si|site|sk|space|store|su|support|sv|"
    "tech|test|th|tk|to|today|top|tr|travel|tv|tw|ua|ug|uk|us|uy|ve|vip|vn|wales|website|wiki|win|work|world|ws|xn--[a-z0-9-]{2,59}|"
    "xxx|xyz|za|zone"
)
_LABELS: Final = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}"
HOST: Final = rf"{_LABELS}(?:{ENDINGS})(?![\w-]|\.\w)"
REST: Final = r"(?::[0-9]{1,5}(?![0-9]))?(?:[/?#][^\s<>\"`\\{}|^]{0,2000})?"
BARE = re.compile(
    rf"(?<![\w@.:/-])(?:(?:https?:/{{1,3}}[^\s/?#<>\"'`\\{{}}|^()\[\]:]{{1,253}}|{HOST}){REST})",
    re.IGNORECASE,
)
MAIL = re.compile(
    rf"(?<![\w.!#$%&'*+/=?^`{{|}}~@-])[\w+-](?:[\w.%+'-]{{0,62}}[\w+-])?@{_LABELS}(?:[a-z]{{2,24}}|xn--[a-z0-9-]{{2,59}})(?![\w-])",
    re.IGNORECASE,
)
_WEB = re.compile(r"(https?):/{0,3}([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST_AND_PORT = re.compile(
    r"((?:[\w-]{1,63}\.){1,8}(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})|(?:[0-9]{1,3}\.){3}[0-9]{1,3})\.?(:[0-9]{1,5})?",
    re.IGNORECASE,
)
_LOOKS = re.compile(rf"[a-z][a-z0-9+.-]{{1,20}}:/{{1,3}}([^\s/?#]{{1,253}})|(?<![\w@.-])({HOST})", re.IGNORECASE)
_DOTS = str.maketrans({"\u3002": ".", "\uff61": ".", "\uff0e": ".", "\u2024": "."})
_REST_KEPT: Final = "/?#:@!$&()*+,;=%~-._[]"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link leads: `href` in ASCII, and the `host` (of a mailto link, the mail address)."""

    href: str
    host: str


def safe_address(raw: str) -> Address | None:
    """Return the address in its one safe spelling, or None where a link may not lead there.

    Allowed are http and https with a host that has a dot and no user name, and mailto with one
    address. Relative addresses are refused: they would speak in the council's name.
    """
    address = re.sub(r"[\x00-\x1f\x7f]", "", raw).strip()
    scheme = address.partition(":")[0].lower()
    if scheme not in ALLOWED_SCHEMES or len(address) > LONGEST:
        return None
    return _mail(address) if scheme == "mailto" else _web(address)


def host_in_ascii(host: str) -> str | None:
    """Return a host name in lower case as the name system knows it (xn--…), or None where it is none."""
    try:
        return host.translate(_DOTS).encode("idna").decode("ascii").lower() if len(host) <= _LONGEST_HOST else None
    except UnicodeError:
        return None


def real_host_if_disguised(shown: str, address: Address) -> str | None:
    """Return the host to show beside a link whose text looks like another address, else None."""
    text = unicodedata.normalize("NFKC", shown).translate(_DOTS)
    if text.rstrip().endswith(f"({address.host})"):
        return None
    mails = {match[0].lower() for match in MAIL.finditer(text)}
    hosts = {(match[1] or match[2]) for match in _LOOKS.finditer(MAIL.sub(" ", text))}
    if address.href.startswith("mailto:"):
        return address.host if hosts or mails - {address.host} else None
    if mails or _strange_letters(hosts):
        return address.host
    real = address.host.removeprefix("www.")
    return (
        address.host if any((host_in_ascii(_bare(host)) or "").removeprefix("www.") != real for host in hosts) else None
    )


def _bare(host: str) -> str:
    return re.sub(r":[0-9]*$", "", host.rstrip(".,;:!?)\"'"))


def _strange_letters(hosts: set[str]) -> bool:
    """Say whether a host is spelled in letters that can pass for Latin ones, as a Cyrillic a can."""
    return any(
        letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN")
        for host in hosts
        for letter in host
        if not letter.isascii()
    )


def _mail(address: str) -> Address | None:
    mail = address.partition(":")[2].partition("?")[0]
    if not MAIL.fullmatch(mail) or not mail.isascii():
        return None
    return Address(href=f"mailto:{mail}", host=mail.lower())


def _web(address: str) -> Address | None:
    parts = _WEB.fullmatch(address)
    host_and_port = (
        _HOST_AND_PORT.fullmatch(unicodedata.normalize("NFKC", parts[2]).translate(_DOTS)) if parts else None
    )
    if parts is None or host_and_port is None:
        return None
    host = host_in_ascii(host_and_port[1])
    if host is None or "\\" in parts[3]:
        return None
    rest = quote(parts[3], safe=_REST_KEPT)
    return Address(href=f"{parts[1].lower()}://{host}{host_and_port[2] or ''}{rest}", host=host)
