"""How many whole lines of a talk the grid has room for."""

import pytest

from expo.forums.grid import Cell, TimeOfDay


@pytest.mark.parametrize(
    ("minutes", "lines", "title", "people"),
    [(5, 1, 1, 0), (10, 1, 1, 0), (15, 2, 1, 0), (20, 2, 1, 0), (30, 4, 3, 0), (45, 7, 4, 2), (90, 14, 4, 6)],
)
def test_the_title_comes_first_and_people_where_there_is_room(minutes, lines, title, people):
    cell = Cell(None, 0, False, TimeOfDay(9, 0), TimeOfDay(9 + minutes // 60, minutes % 60))
    assert (cell.lines, cell.title_lines, cell.note_lines) == (lines, title, people)
