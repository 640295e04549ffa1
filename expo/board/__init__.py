"""The board: the working timetable moved about by hand, by several people at once."""
