"""One act of editing by hand as a step: what it changes, or why it cannot be done."""

from collections.abc import Callable, Mapping
from typing import Any

from expo.allocation import editing
from expo.allocation.editing import Step
from expo.allocation.models import AllocationDraft
from expo.allocation.problem import Unit
from expo.allocation.wording import codes
from expo.errors import Refused
from expo.words import Sentence, say

Done = tuple[Step, Sentence]


class _Case:
    """The draft, the floor and what somebody wants, looked up for the verbs below."""

    def __init__(
        self,
        draft: AllocationDraft,
        wanted: Any,
        units: Mapping[str, Unit],
        areas: Mapping[str, int],
        names: Mapping[str, str],
    ):
        self.places, self.locks, self.names = draft.placements, set(draft.locks), names
        self.wanted, self.units, self.areas = wanted, units, areas

    def name(self, code: str) -> str:
        """The exhibitor's name with its code, as sentences call it."""
        return f"{self.names[code]} ({code})" if self.names.get(code) else code

    def exhibitor(self, code: str) -> str:
        """The code of somebody who takes part and whose place may be changed."""
        if code not in self.areas and code not in self.places:
            raise Refused(say("There is no exhibitor %(code)s.", code=code))
        return code

    def movable(self, code: str) -> str:
        """The same of somebody whose place is not settled."""
        if self.exhibitor(code) in self.locks:
            raise Refused(say("The place of %(code)s is settled. Unlock it first.", code=self.name(code)))
        return code

    def stand(self, code: str) -> str:
        """The code of a stand that there is."""
        if code not in self.units:
            raise Refused(say("There is no stand %(code)s.", code=code))
        return code

    def free_for(self, code: str, stands: tuple[str, ...]) -> None:
        """Refused when somebody else has one of the stands."""
        for stand, owner in sorted(editing.owners(self.places, stands).items()):
            if owner != code:
                raise Refused(
                    say(
                        "Stand %(stand)s is taken by %(code)s. Take it off first, or swap the two.",
                        stand=stand,
                        code=self.name(owner),
                    )
                )


def step_of(
    draft: AllocationDraft,
    wanted: Any,
    units: Mapping[str, Unit],
    areas: Mapping[str, int],
    names: Mapping[str, str],
) -> Done:
    """What an act changes and its sentence. Refused when it makes no sense on this draft."""
    verb = VERBS.get(wanted.verb)
    if verb is None:
        raise Refused(say("Nothing is called %(verb)s here.", verb=wanted.verb))
    return verb(_Case(draft, wanted, units, areas, names))


def _move(case: _Case) -> Done:
    """To the stand it was dropped on: as its shape fits, around it, or in exchange with who stands there."""
    code, target = case.movable(case.wanted.exhibitor), case.stand(case.wanted.stand)
    own = tuple(case.places.get(code, ()))
    there = editing.owners(case.places, [target]).get(target)
    if there not in (None, code):
        return _traded(case, code, there)
    new = _landing(case, code, own, target)
    if new is None:
        raise Refused(
            say(
                "Around stand %(stand)s there is no free place of that size for %(code)s. Name its stands.",
                stand=target,
                code=case.name(code),
            )
        )
    case.free_for(code, new)
    return _put(case, code, new)


def _landing(case: _Case, code: str, own: tuple[str, ...], target: str) -> tuple[str, ...] | None:
    here = tuple(stand for stand in own if stand in case.units)
    if here:
        grabbed = case.wanted.grabbed if case.wanted.grabbed in here else here[0]
        found = editing.dropped(case.units, here, grabbed, target)
        if found is not None:
            return found
    taken = {stand for owner, stands in case.places.items() if owner != code for stand in stands}
    need = sum(case.units[stand].area_cm2 for stand in here) or case.areas.get(code, 0)
    return editing.block_around(case.units, case.units.keys() - taken, target, need)


def _traded(case: _Case, code: str, other: str) -> Done:
    case.movable(other)
    if not case.places.get(code):
        raise Refused(
            say("Stand %(stand)s is taken by %(code)s. Take it off first, or swap the two.",
                stand=case.wanted.stand, code=case.name(other))
        )  # fmt: skip
    step = editing.swapped(case.places, code, other)
    return step, say("%(one)s and %(other)s trade their places.", one=case.name(code), other=case.name(other))


def _swap(case: _Case) -> Done:
    one, other = case.movable(case.wanted.exhibitor), case.movable(case.wanted.other)
    if one == other:
        raise Refused(say("Name two exhibitors to swap."))
    step = editing.swapped(case.places, one, other)
    return step, say("%(one)s and %(other)s trade their places.", one=case.name(one), other=case.name(other))


def _place(case: _Case) -> Done:
    """Exactly the stands named."""
    code = case.movable(case.wanted.exhibitor)
    stands = tuple(case.stand(stand) for stand in case.wanted.stands)
    if not stands:
        raise Refused(say("Name the stands, separated by commas."))
    case.free_for(code, stands)
    return _put(case, code, stands)


def _give(case: _Case) -> Done:
    """One more stand."""
    code, stand = case.movable(case.wanted.exhibitor), case.stand(case.wanted.stand)
    case.free_for(code, (stand,))
    return _put(case, code, (*case.places.get(code, ()), stand))


def _take(case: _Case) -> Done:
    """One stand less."""
    code, stand = case.movable(case.wanted.exhibitor), case.wanted.stand
    own = case.places.get(code, ())
    if stand not in own:
        raise Refused(say("%(code)s does not have stand %(stand)s.", code=case.name(code), stand=stand))
    return _put(case, code, tuple(each for each in own if each != stand))


def _off(case: _Case) -> Done:
    code = case.movable(case.wanted.exhibitor)
    if not case.places.get(code):
        raise Refused(say("%(code)s has no place that could be taken off.", code=case.name(code)))
    return editing.put(case.places, code, ()), say("%(code)s is taken off the plan.", code=case.name(code))


def _put(case: _Case, code: str, stands: tuple[str, ...]) -> Done:
    step = editing.put(case.places, code, stands)
    before, after = step.changes[code]
    if before == after:
        raise Refused(say("%(code)s stands there already.", code=case.name(code)))
    if not after:
        return step, say("%(code)s is taken off the plan.", code=case.name(code))
    if not before:
        return step, say("%(code)s is placed on %(stands)s.", code=case.name(code), stands=codes(after))
    return step, say(
        "%(code)s goes from %(before)s to %(after)s.",
        code=case.name(code),
        before=codes(before),
        after=codes(after),
    )


def _lock(case: _Case) -> Done:
    code = case.exhibitor(case.wanted.exhibitor)
    if not case.places.get(code):
        raise Refused(say("%(code)s has no stand that could be locked.", code=case.name(code)))
    return _locked(case, case.locks | {code}), say("The place of %(code)s is settled.", code=case.name(code))


def _unlock(case: _Case) -> Done:
    code = case.exhibitor(case.wanted.exhibitor)
    return _locked(case, case.locks - {code}), say(
        "The place of %(code)s is open again.", code=case.name(code)
    )


def _locked(case: _Case, wanted: set[str]) -> Step:
    if wanted == case.locks:
        raise Refused(say("That is so already."))
    return Step({}, (tuple(sorted(case.locks)), tuple(sorted(wanted))))


VERBS: Mapping[str, Callable[[_Case], Done]] = {
    "move": _move, "swap": _swap, "place": _place, "give": _give, "take": _take, "off": _off, "lock": _lock,
    "unlock": _unlock,
}  # fmt: skip
