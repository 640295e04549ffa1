"""The one blueprint of the plan's pages."""

from flask import Blueprint

bp = Blueprint("plan", __name__)
