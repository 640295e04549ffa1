"""The timetable as a problem of values: solver, bound and independent checker."""
