"""Where the pages of the programme hang."""

from flask import Blueprint

bp = Blueprint("forums", __name__)
CONSOLE = "/<edition>/console/timetable"
CONTENT = "/<edition>/console/programme"
