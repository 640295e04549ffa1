"""Names in the order in which readers of a language look them up, and the letter each stands under."""

import unicodedata
from functools import lru_cache

from expo.languages import LanguageMap, pick

OTHER = "#"
_BREVE = "\u0306"  # parts й from и
_URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے"
_URDU_PLACE = {letter: place for place, letter in enumerate(_URDU)}
_URDU_FORMS = str.maketrans("يىكة", "ییکہ")
# GB 2312 puts its 3,755 common characters in the order of their sound: the code at which each initial begins.
_PINYIN = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"),
    (0xB9FE, "H"), (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"),
    (0xC5BE, "P"), (0xC6DA, "Q"), (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"),
    (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
_PINYIN_END = 0xD7FA

Weights = tuple[int, ...]
SortKey = tuple[Weights, bool, Weights]


def sort_key(name: LanguageMap, language: str) -> SortKey:
    """Where a name stands in a list in `language`: by letter, under it other scripts before Chinese."""
    text = _folded(pick(name, language))
    return (letter_key(_initial(text)), _has_sound(text[:1]), _weights(text))


def initial(name: LanguageMap, language: str) -> str:
    """The capital letter a name stands under in `language` (pinyin for Chinese), "#" where it has none."""
    return _initial(_folded(pick(name, language)))


def letter_key(letter: str) -> Weights:
    """The order of the letters themselves; "#" is the last."""
    return (0x110000,) if letter == OTHER else _weights(letter.casefold())


def _folded(text: str) -> str:
    """Without quotes, accents and case, so that «Ёлка» and "elka" stand under their letters."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in parts if not unicodedata.combining(char) or char == _BREVE)
    composed = unicodedata.normalize("NFC", plain).translate(_URDU_FORMS).casefold()
    return composed.lstrip(" \"'«»„“”‘’()[]《》「」-–—.")


def _initial(text: str) -> str:
    first = text[:1]
    if _has_sound(first):
        return max((start, letter) for start, letter in _PINYIN if start <= _gb(first))[1]
    return first.upper()[:1] if first.isalpha() and not _is_chinese(first) else OTHER


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _has_sound(char: str) -> bool:
    return _PINYIN[0][0] <= _gb(char) < _PINYIN_END


@lru_cache(maxsize=32_768)  # a directory asks the same few thousand characters again and again
def _gb(char: str) -> int:
    try:
        return int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return 0


def _weights(text: str) -> Weights:
    """Letters as numbers: Urdu by its alphabet, Chinese by sound, the rest as Unicode has them."""
    return tuple(_weight(char) for char in text)


def _weight(char: str) -> int:
    if char in _URDU_PLACE:
        return 0x600 + _URDU_PLACE[char]
    return 0x4E00 + _gb(char) if _is_chinese(char) else ord(char)
