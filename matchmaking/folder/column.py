"""What a column and a table of an edition folder are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from expo.languages import LANGUAGES
from expo.words import Sentence
from matchmaking.folder.cells import Kind

ORDER_OF_LANGUAGES = ("en", "zh", "ru", "ur")
assert set(ORDER_OF_LANGUAGES) == set(LANGUAGES)


@dataclass(frozen=True)
class Column:
    """A column. `field` is the value's name in the database where it differs; `texts` makes four columns,
    one a language; `refers` names the table whose codes it holds; `default` is the text of an empty cell."""

    name: str
    kind: Kind
    help: Sentence
    required: bool = False
    field: str = ""
    default: str = ""
    texts: bool = False
    refers: str = ""

    @property
    def key(self) -> str:
        """The value's name in a parsed record."""
        return self.field or self.name

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads this column has in a file."""
        return tuple(f"{self.name}_{code}" for code in ORDER_OF_LANGUAGES) if self.texts else (self.name,)


@dataclass(frozen=True)
class Table:
    """A file of the folder; `code` is the column that names a row, if rows have names; a `private`
    table is written only where somebody who may read it asks for it."""

    name: str
    help: Sentence
    columns: tuple[Column, ...]
    code: str = "code"
    private: bool = False

    def heads(self) -> Iterator[str]:
        """All heads in order."""
        for column in self.columns:
            yield from column.heads


def column(name: str, kind: Kind, help_: Sentence, **more: Any) -> Column:
    """A column, shortly."""
    return Column(name, kind, help_, **more)
