"""Where the attendee's pages hang."""

from flask import Blueprint

bp = Blueprint("stars", __name__)
OWN = "/<edition>/my-programme"
