"""Characters that spammers use to look like other characters."""

from __future__ import annotations

import unicodedata

PLACEHOLDER = "\ue000"
"""Stands where a link stood; private use, so that nobody types it with a meaning."""

_SMALL_CAPITALS = dict(
    zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢᴦᴧᴨᴩ", "abcdefghijklmnopqrstuvwyzглпр", strict=True),
)
_ODD_LATIN = {"ɑ": "a", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ƅ": "b",
              "ɡ": "g", "ɩ": "i", "ѕ": "ѕ", "ð": "dh", "þ": "th", "ʼ": "'", "’": "'", "‘": "'"}  # fmt: skip

LATIN_OF = dict(
    zip(
        "аеорсухіјѕԁһӏѵԛԝкмтнвгпиьяёзбαοερνικτυχωγηβσ",
        "aeopcyxijsdhlvqwkmthbrnubяezbaoepviktuxwyhbo".replace("я", "r"),
        strict=True,
    )
)
"""Cyrillic and Greek letters, and the Latin ones that they imitate."""

CYRILLIC_OF = dict(zip("aeopcyxijskmthbr3640nyur", "аеорсухіјѕкмтнвгзбчопуиг", strict=True))
"""Latin letters and digits, and the Cyrillic ones that they imitate."""

SURE_LATIN = frozenset("bdfghjlmnqrstuvwz")
SURE_CYRILLIC = frozenset("бгджзийлптфцчшщъыьэюя")

LEET = dict(zip("0134578@$!€|", "oieastbasiel", strict=True))


def fold(char: str) -> str:
    """Return the plain lower-case form of one character: "" for what cannot be seen."""
    if char in _SMALL_CAPITALS:
        return _SMALL_CAPITALS[char]
    code = ord(char)
    if 0x1F170 <= code <= 0x1F189 or 0x1F150 <= code <= 0x1F169:  # letters in black squares, circles
        return chr(97 + (code - 0x1F150) % 32)
    if 0x1F1E6 <= code <= 0x1F1FF:  # regional indicators: flags, and letters of fancy words
        return chr(97 + code - 0x1F1E6)
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf" or 0xFE00 <= code <= 0xFE0F or (category == "Cc"):
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not 0x300 <= ord(c) <= 0x36F)
    return "".join(_ODD_LATIN.get(c, c) for c in plain.lower()).replace(PLACEHOLDER, " ")


class Folding(dict[str, str]):
    """A memory of ``fold``, for the speed of one look-up per character."""

    def __missing__(self, char: str) -> str:
        """Work out a character that was not met before."""
        folded = fold(char)
        if len(self) < 20_000:  # a text of rare characters must not grow us without end
            self[char] = folded
        return folded
