"""Where the pages of the call hang, and who is asking."""

from flask import Blueprint, g
from flask_login import current_user

from expo.call.services.reviewing import Who
from expo.forums import queries
from expo.languages import pick
from expo.web import can, db
from expo.web.language import language

bp = Blueprint("call", __name__)
PUBLIC = "/<edition>/call"
CONSOLE = "/<edition>/console/proposals"


def who() -> Who:
    """The person at the console."""
    return Who(current_user.id, current_user.email, can("programme.edit"))


def forum_choices() -> list[tuple[str, str]]:
    """Codes and names of the forums."""
    return [
        (row.Forum.code, pick(row.Forum.name, language()) or row.Forum.code)
        for row in queries.forums(db(), g.edition)
    ]
