"""The blueprint that all pages of this room hang on."""

from flask import Blueprint

bp = Blueprint("points", __name__)
ADDRESS = "/<edition>/console/points"
