"""The blueprint of people's pages."""

from flask import Blueprint

bp = Blueprint("registration", __name__)
