"""A run for some zones leaves everybody elsewhere exactly where they are."""

from expo.allocation.problem import Applicant
from expo.allocation.scope import confined
from tests.expo.allocation.make import a_unit

UNITS = (
    a_unit("A1", zone="NEW"), a_unit("A2", 300, zone="NEW"), a_unit("B1", 600, zone="OLD"),
    a_unit("B2", 900, zone="OLD"), a_unit("B3", 1200, zone="OLD"),
)  # fmt: skip


def test_who_stands_elsewhere_is_locked_and_free_stands_there_do_not_take_part():
    people = (Applicant("X", 9), Applicant("Y", 9), Applicant("Z", 9, zones=("OLD",)))
    units, applicants, locks = confined(UNITS, people, {}, {"X": ("B1",), "Y": ("A1",)}, {"NEW"})
    assert [unit.code for unit in units] == ["A1", "A2", "B1"]
    assert [applicant.code for applicant in applicants] == ["X", "Y"]
    assert locks == {"X": ("B1",)}


def test_a_pavilion_with_a_stand_elsewhere_stays_as_a_whole():
    people = (
        Applicant("LEAD", 9),
        Applicant("MEM", 9, pavilion="LEAD"),
        Applicant("LATE", 9, pavilion="LEAD"),
    )
    current = {"LEAD": ("A1",), "MEM": ("B1",)}
    _, applicants, locks = confined(UNITS, people, {}, current, {"NEW"})
    assert [(a.code, a.pavilion) for a in applicants] == [("LEAD", None), ("MEM", None)]
    assert locks == {"LEAD": ("A1",), "MEM": ("B1",)}


def test_locks_within_the_zones_stay():
    _, _, locks = confined(UNITS, (Applicant("X", 9),), {"X": ("A1",)}, {"X": ("A1",)}, {"NEW"})
    assert locks == {"X": ("A1",)}
