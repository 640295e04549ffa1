"""What the ledger's tables share: kinds of columns and checks."""

from typing import Any

from sqlalchemy import DateTime, Text, TypeDecorator
from sqlmodel import Field

from matchmaking.deals.chain import canonical, parsed

INSTANT = DateTime(timezone=True)


def one_of(column: str, values: tuple[str, ...]) -> str:
    """SQL for a check constraint: the column holds one of the values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class SealedJson(TypeDecorator):
    """JSON kept as the very text whose bytes were sealed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else parsed(value)


def sealed_json() -> Any:
    """A column of canonical JSON text, never null."""
    return Field(sa_type=SealedJson, nullable=False)
