"""Language maps from short lines: one text a language, parted by bars."""

from collections.abc import Mapping

ORDER = ("en", "zh", "ru", "ur")

Texts = dict[str, str]
Row = dict[str, object]


def texts(line: str) -> Texts:
    """'Honey|蜂蜜|Мёд|شہد' → a language map; ValueError unless there are four parts."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != len(ORDER) or not all(parts):
        raise ValueError(f"not four texts: {line}")
    return dict(zip(ORDER, parts, strict=True))


def lines(block: str) -> list[str]:
    """The lines of a block of text without the empty ones."""
    return [line.strip() for line in block.splitlines() if line.strip()]


def many(block: str) -> list[Texts]:
    """One language map a line."""
    return [texts(line) for line in lines(block)]


def columns(name: str, values: Mapping[str, str]) -> Row:
    """A language map as the columns of a table: name_en, name_zh, name_ru, name_ur."""
    return {f"{name}_{language}": values.get(language, "") for language in ORDER}


def filled(patterns: Mapping[str, str], **words: Mapping[str, str]) -> Texts:
    """Patterns with {places}, each filled with the word of the same language."""
    return {
        language: pattern.format(**{place: word[language] for place, word in words.items()})
        for language, pattern in patterns.items()
    }
