"""Who is on stage, told apart by number, guid or name."""

from hashlib import sha256

from lxml import etree

from expo.forums.feeds.parts import line as one_line
from expo.forums.incoming.cleaning import number_of
from expo.forums.incoming.values import Odd, Person
from expo.words import say


class People:
    """Everybody of a file. Somebody without a number is the first one of that name."""

    def __init__(self, odd: list[Odd]):
        self.odd = odd
        self.by_number: dict[tuple[int, str], Person] = {}
        self.by_name: dict[str, Person] = {}
        self.numbers: dict[int, str] = {}

    def of(self, event: etree._Element) -> tuple[Person, ...]:
        """The people of an event in order, each once."""
        found: dict[str, Person] = {}
        for element in event.iterfind("persons/person"):
            name = one_line("".join(element.itertext())) or one_line(element.get("name", ""))
            if not name:
                self.odd.append(Odd(element.sourceline or 0, say("A person has no name and is left out.")))
                continue
            person = self._person(element, name)
            found.setdefault(person.code, person)
        return tuple(found.values())

    def _person(self, element: etree._Element, name: str) -> Person:
        number, folded = number_of(element.get("id")), name.casefold()
        if number is None:
            return self.by_name.setdefault(folded, Person(_code(folded), name))
        if (number, folded) in self.by_number:
            return self.by_number[number, folded]
        known = self.numbers.setdefault(number, folded)
        if known != folded:
            sentence = say("Two people have the number %(number)s; “%(name)s” is taken as somebody else.",
                           number=number, name=name)  # fmt: skip
            self.odd.append(Odd(element.sourceline or 0, sentence))
        earlier = self.by_name.get(folded)
        code = f"P{number}" if known == folded else _code(f"{number}/{folded}")
        person = earlier if earlier and earlier.id is None else Person(code, name, number)
        self.by_number[number, folded] = person
        self.by_name.setdefault(folded, person)
        return person


def _code(key: str) -> str:
    return "N" + sha256(key.encode()).hexdigest()[:9].upper()
