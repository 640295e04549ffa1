"""Who is on stage, as the feeds tell of them."""

import re
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from expo.forums.feeds.parts import LARGEST, line, name, text
from expo.forums.programme import Item

CODE = re.compile("[A-Z0-9]+")


@dataclass(frozen=True)
class Person:
    """Somebody in a feed. `id` is None and `code` '' where there is none."""

    id: int | None
    guid: UUID
    name: str
    code: str = ""
    biography: str = ""


def persons(item: Item, language: str, edition: str) -> list[Person]:
    """Those who speak or chair, then those whom the talk only names: interpreters are not announced.

    The guid of a person is made of the edition's code and theirs, so it stays over versions.
    """
    numbers = item.origin.get("people", {})
    found = [
        Person(
            _number(numbers.get(part.code), part.id),
            uuid5(NAMESPACE_URL, f"{edition}/person/{part.code}"),
            name(part.name, language, part.code),
            part.code if CODE.fullmatch(part.code) else "",
            text(part.biography, language),
        )
        for part in item.speakers
    ]
    for other in item.origin.get("with", ()):
        if shown := line(other.get("name", "")):
            guid = uuid5(NAMESPACE_URL, f"{edition}/person/{other.get('code') or shown}")
            found.append(Person(_number(other.get("id"), None), guid, shown))
    return found


def _number(brought: object, own: int | None) -> int | None:
    return brought if isinstance(brought, int) and 0 < brought <= LARGEST else own
