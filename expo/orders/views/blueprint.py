"""The blueprint that all pages of this room hang on."""

from flask import Blueprint

bp = Blueprint("orders", __name__)
ADDRESS = "/<edition>/console/orders"
