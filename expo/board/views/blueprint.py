"""Where the board's pages hang."""

from flask import Blueprint

bp = Blueprint("board", __name__)
