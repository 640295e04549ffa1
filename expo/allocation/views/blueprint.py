"""The blueprint that the pages of this room share."""

from flask import Blueprint

bp = Blueprint("allocation", __name__)
ADDRESS = "/<edition>/console/allocation"
