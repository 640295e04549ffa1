"""The programme on paper: timetable, booklet, door signs, sheets for people on stage; and files for mail."""

from expo.forums.prints import change_files as change_files
from expo.forums.prints.booklet import folded_pdf, programme_pdf
from expo.forums.prints.catalogue import BATCH, PaperKind, make, register
from expo.forums.prints.doors import doors_pdf
from expo.forums.prints.people import chairs_pdf, speakers_pdf
from expo.forums.prints.timetable import timetable_pdf

__all__ = [
    "BATCH",
    "PaperKind",
    "chairs_pdf",
    "doors_pdf",
    "folded_pdf",
    "make",
    "programme_pdf",
    "register",
    "speakers_pdf",
    "timetable_pdf",
]
