"""Two plans side by side."""

from expo.allocation.comparing import Changes, compared, counted

BEFORE = {"STAYS": ["A2", "A1"], "MOVES": ["A3"], "GROWS": ["B1"], "LOSES": ["B3"]}
AFTER = {"STAYS": ["A1", "A2"], "MOVES": ["A4"], "GROWS": ["B1", "B2"], "NEW": ["B3"]}


def test_everybody_is_told_apart_losers_first():
    assert [(c.code, c.kind, c.before, c.after) for c in compared(BEFORE, AFTER)] == [
        ("LOSES", "lost", ("B3",), ()),
        ("GROWS", "moved", ("B1",), ("B1", "B2")),
        ("MOVES", "moved", ("A3",), ("A4",)),
        ("NEW", "placed", (), ("B3",)),
        ("STAYS", "kept", ("A1", "A2"), ("A1", "A2")),
    ]


def test_the_same_in_figures():
    found = counted(compared(BEFORE, AFTER))
    assert (found, found.told) == (Changes(placed=1, moved=2, kept=1, lost=1), 4)
