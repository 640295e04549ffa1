"""The blueprint that all pages of this room hang on."""

from flask import Blueprint

bp = Blueprint("exhibitors", __name__)
