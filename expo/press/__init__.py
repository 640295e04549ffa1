"""The press: badges, signs, cards and agendas set by typst, in the thousands, with our own fonts only."""

from expo.press.engine import Job, Sheets, press_of

__all__ = ["Job", "Sheets", "press_of"]
