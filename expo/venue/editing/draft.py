"""A floor while operations are carried out on it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from expo.venue.editing.floor import Floor, Spot
from expo.venue.editing.layouts import MOST, TOO_MANY
from expo.venue.editing.numbering import is_code
from expo.venue.editing.rules import Fault
from expo.words import Sentence, say


class Wrong(Exception):
    """An operation that cannot be carried out at all."""

    def __init__(self, rule: str, sentence: Sentence, stand: str = ""):
        super().__init__(str(sentence))
        self.fault = Fault(rule, sentence, stand)


class Draft:
    """Stands by code, and which operation touched each of them last."""

    def __init__(self, before: Floor):
        self.before = before
        self.spots: dict[str, Spot] = dict(before.spots)
        self.shell, self.areas = before.shell, before.areas
        self.operation = 0
        self.by: dict[str, int] = {}
        self.hall_by: int | None = None
        self.pinned: set[str] = set()
        self.notes: list[Sentence] = []
        self.names: list[str] = []

    def floor(self) -> Floor:
        """As it is now."""
        return replace(self.before, shell=self.shell, areas=self.areas, spots=dict(self.spots))

    @property
    def shell_changed(self) -> bool:
        return self.shell != self.before.shell

    def all_codes(self) -> set[str]:
        """Codes that no new stand can have."""
        return set(self.spots) | self.before.elsewhere

    def named(self, codes: Iterable[str]) -> list[Spot]:
        """The stands of that name."""
        found = []
        for code in codes:
            if code not in self.spots:
                raise Wrong("stand", say("There is no stand %(code)s in this hall.", code=code), code)
            found.append(self.spots[code])
        return found

    def change(self, spot: Spot) -> None:
        """Put a stand in place of the one of its name."""
        del self.spots[spot.code]
        self.put(spot)

    def put(self, spot: Spot) -> None:
        """Put one more stand there."""
        self._refuse_known(spot.code)
        if len(self.spots) - len(self.before.spots) >= MOST:
            raise Wrong("many", TOO_MANY, spot.code)
        self.spots[spot.code] = spot
        self.by[spot.code] = self.operation
        self.names.append(spot.code)

    def _refuse_known(self, code: str) -> None:
        if not is_code(code):
            sentence = say(
                "No stand can be called %(code)s: at most 40 characters, none of ; : /", code=code[:60]
            )
            raise Wrong("code", sentence, code)
        if code in self.spots or code in self.before.elsewhere:
            raise Wrong("code", say("There is a stand %(code)s already.", code=code), code)

    def drop(self, code: str) -> None:
        """Take a stand away."""
        del self.spots[code]
        self.by[code] = self.operation
        self.names.append(code)

    def rename(self, codes: Mapping[str, str]) -> None:
        """Give stands other codes, all at once, so that two may swap theirs."""
        moved = {old: self.spots.pop(old) for old in codes}
        for old, new in codes.items():
            self._refuse_known(new)
            self.spots[new] = replace(moved[old], code=new)
            self.by[old] = self.by[new] = self.operation
            self.names.append(new)

    def refuse_taken(self, spot: Spot) -> None:
        """Whoever has a stand keeps its size."""
        who = self.before.taken.get(spot.id) if spot.id is not None else None
        if who is not None:
            sentence = say(
                "Stand %(code)s is given to %(who)s: take it back in the allocation before you change its "
                "size or delete it.",
                code=spot.code,
                who=who,
            )
            raise Wrong("fk_allotment_stand_id", sentence, spot.code)

    def change_shell(self, values: Mapping[str, Any]) -> None:
        """Change what is built."""
        self.shell = replace(self.shell, **values)
        self.hall_by = self.operation

    def blame(self, fault: Fault) -> int:
        """The operation that brought a fault about: the last that touched the stand, or the hall."""
        found = [self.by[code] for code in (fault.stand, fault.other) if code in self.by]
        if found:
            return max(found)
        return self.operation if self.hall_by is None else self.hall_by
