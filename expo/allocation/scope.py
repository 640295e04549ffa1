"""A run for some zones only: who and what takes part, so that everything elsewhere stays as published."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from expo.allocation.problem import Applicant, Unit

Places = Mapping[str, tuple[str, ...]]


class Scope(NamedTuple):
    """Units and applicants that take part, and the locks that hold the rest where it is."""

    units: tuple[Unit, ...]
    applicants: tuple[Applicant, ...]
    locks: dict[str, tuple[str, ...]]


def confined(
    units: Collection[Unit],
    applicants: Collection[Applicant],
    locks: Places,
    current: Places,
    zones: Collection[str],
) -> Scope:
    """Those who stand elsewhere are locked to what they have; free stands elsewhere do not take part.

    A pavilion with a stand elsewhere stays as a whole: each of its people is locked to its own stands. Who
    has no place and wants none of the zones does not take part.
    """
    inside = {unit.code for unit in units if unit.zone in zones}
    party = _parties(applicants)
    wanted = {applicant.code: applicant.zones for applicant in applicants}
    outside = {
        party.get(code, code)
        for code, stands in current.items()
        if any(stand not in inside for stand in stands)
    }
    kept = {code: tuple(stands) for code, stands in current.items() if party.get(code, code) in outside}
    taking_part = []
    for applicant in applicants:
        lead = party[applicant.code]
        if lead in outside:
            if applicant.code in kept:
                taking_part.append(replace(applicant, pavilion=None))
        elif not wanted[lead] or not set(wanted[lead]).isdisjoint(zones):
            taking_part.append(applicant)
    held = {stand for stands in kept.values() for stand in stands}
    return Scope(
        tuple(unit for unit in units if unit.code in inside or unit.code in held),
        tuple(taking_part),
        {code: tuple(stands) for code, stands in locks.items() if code not in kept} | kept,
    )


def _parties(applicants: Collection[Applicant]) -> dict[str, str]:
    """Applicant code → the code of its pavilion's lead, or its own."""
    codes = {applicant.code: applicant for applicant in applicants}
    return {
        code: applicant.pavilion if applicant.pavilion in codes else code for code, applicant in codes.items()
    }
