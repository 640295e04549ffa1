"""A group of people as a spreadsheet: its columns in four languages, and what is wrong with its rows."""

from expo.registration.groups.columns import COLUMNS, template_rows
from expo.registration.groups.reading import Entry, Fault, Sheet, read_sheet

__all__ = ["COLUMNS", "Entry", "Fault", "Sheet", "read_sheet", "template_rows"]
