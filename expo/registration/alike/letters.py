"""Names of any script as plain Latin letters, folded until different spellings of one name meet."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import name as unicode_name
from unicodedata import normalize

from anyascii import anyascii

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir madam eng ing dipl mister herr frau gospodin gospozha".split()  # noqa: SIM905
)
MOST_TOKENS = 6
LONGEST = 120
# The four letters that Persian and Urdu read as z, and others that the general table spells otherwise.
_ARABIC = str.maketrans(
    {"ض": "z", "ذ": "z", "ظ": "z", "ث": "s", "ص": "s", "ط": "t", "ع": "", "ء": "", "ئ": "", "ں": "n", "ھ":
     "h", "ہ": "h", "ۃ": "h", "ة": "h", "ے": "y", "ى": "y", "ی": "y", "ک": "k", "گ": "g", "ـ": ""}
)  # fmt: skip
# Surnames that nobody in Korea spells as the table does.
_KOREAN = {
    "gim": "kim",
    "i": "lee",
    "bak": "park",
    "choe": "choi",
    "jeong": "jung",
    "jo": "cho",
    "gang": "kang",
}
_FOLDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("shch|sch|sh", "s"),
        ("chzh|tszh|tsz|dzh|dj|zh", "j"),
        ("tch|tsch|ch|ts|tz|c(?=[eiy])", "C"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("dh|dz", "z"),
        ("ck|c|q", "k"),
        ("ks|x", "s"),
        ("w", "v"),
        ("ng", "n"),
    )
)
_VOWELS = re.compile("[aeiouy]+")
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Form:
    """One spelling of a name: its words in Latin letters, and what is left of them once folded.

    `script` is 'han', 'abjad' (vowels are not written) or 'plain'; `exact` the spelling as it was, without
    case and signs, to compare within one script.
    """

    script: str
    exact: str
    tokens: tuple[str, ...]
    skeletons: tuple[str, ...]
    sounds: tuple[str, ...]
    alphabet: str

    def only(self, places: tuple[int, ...]) -> "Form":
        """The form of some of its words, by their places."""
        words = (
            [several[place] for place in places] for several in (self.tokens, self.skeletons, self.sounds)
        )
        return Form(self.script, "", *map(tuple, words), self.alphabet)


def alphabet_of(text: str) -> str:
    """The first word of Unicode's name for the first letter: 'LATIN', 'CYRILLIC', 'HANGUL' …; '' for none."""
    letter = next(filter(str.isalpha, text), "")
    return unicode_name(letter, "").partition(" ")[0] if letter else ""


def script_of(text: str) -> str:
    """'han', 'abjad' or 'plain', by most of the letters."""
    han = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    abjad = sum("\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc" for letter in text)
    if not han and not abjad:
        return "plain"
    return "han" if han >= abjad else "abjad"


@lru_cache(maxsize=65_536)
def form_of(name: str) -> Form:
    """A name as it is compared; no words at all for a name without letters."""
    text = normalize("NFKC", name)[:LONGEST]
    script = script_of(text)
    if script == "abjad":
        plain = re.sub(r"[\u064b-\u065f\u0670\u200c\u200d]", "", text).translate(_ARABIC)
    else:
        plain = text
    words = _words(plain, script)
    return Form(
        script,
        "".join(filter(str.isalnum, text.casefold())),
        tuple(words),
        tuple(skeleton(word, vowelless=script == "abjad") for word in words),
        tuple(_sound(word) for word in words),
        "LATIN" if script == "han" else alphabet_of(text),  # pinyin is exact
    )


def _words(text: str, script: str) -> list[str]:
    latin = anyascii(text)
    if script == "han" or alphabet_of(text) == "HANGUL":
        latin = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=^I)(?=[A-Z])", " ", latin)  # LiMing: a capital begins a sign
    latin = re.sub(r"['`’]", "", latin).lower()
    words = re.findall("[a-z]+", latin)
    if alphabet_of(text) == "HANGUL" and words:
        words[0] = _KOREAN.get(words[0], words[0])
    kept = [word for word in words if word not in TITLES]
    return (kept or words)[:MOST_TOKENS]


@lru_cache(maxsize=65_536)
def skeleton(word: str, *, vowelless: bool = False) -> str:
    """The consonants of a word; different ways to write one sound fall together. At least one letter."""
    folded = _DOUBLED.sub(r"\1", _folded(word))
    if vowelless:  # و is a consonant for certain only where a word begins
        folded = folded[:1] + folded[1:].replace("v", "")
    bare = _VOWELS.sub("", folded)
    bare = bare[:-1] if bare.endswith("h") and len(bare) > 1 else bare
    return bare or folded[:1]


def _sound(word: str) -> str:
    """The word with each run of vowels as one: what tells short names apart."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub(lambda run: _vowel(run[0]), _folded(word)))


def _vowel(run: str) -> str:
    first = next((letter for letter in run if letter not in "iy"), "i")
    return "u" if first == "o" else first


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    for pattern, put in _FOLDS:
        word = pattern.sub(put, word)
    return word.replace("C", "c")
