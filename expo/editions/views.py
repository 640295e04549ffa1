"""The front door, and how an address finds its edition."""

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    g,
    has_request_context,
    redirect,
    render_template,
    url_for,
)
from flask_login import current_user

from expo.editions import services
from expo.web import db, public
from expo.web.frame import has_page

bp = Blueprint("editions", __name__)


def init(app: Flask) -> None:
    """Resolve `<edition>` of every address into `g.edition` before its view runs."""
    app.url_value_preprocessor(find_edition)
    app.url_defaults(keep_edition)
    app.register_blueprint(bp)
    app.context_processor(_addresses)


def find_edition(_endpoint: str | None, values: dict | None) -> None:
    """Take `edition` out of the address; an edition not yet public is there for its own people only."""
    code = (values or {}).pop("edition", None)
    if code is None:
        return
    edition = services.edition_by_code(db(), code)
    if edition is None or not (edition.is_public or _is_insider(edition.id)):
        abort(404)
    g.edition = edition


def _addresses() -> dict:
    """Where the sign at the head of every page leads, and what its search box searches."""
    if not has_request_context() or not g.get("edition"):
        return {"home_url": "/", "search_url": None}
    return {
        "home_url": url_for("site.home") if has_page("site.home") else "/",
        "search_url": url_for("catalogue.exhibitor_list") if has_page("catalogue.exhibitor_list") else None,
    }


def _is_insider(edition_id: int) -> bool:
    return current_user.is_authenticated and current_user.belongs(edition_id)


def keep_edition(endpoint: str, values: dict) -> None:
    """Links stay within the edition unless they say otherwise."""
    if (
        "edition" not in values
        and g.get("edition")
        and current_app.url_map.is_endpoint_expecting(endpoint, "edition")
    ):
        values["edition"] = g.edition.code


@bp.get("/")
@public
def front():
    """The list of editions; straight to the edition where there is only one."""
    editions = services.public_editions(db())
    if len(editions) == 1 and has_page("site.home"):
        return redirect(url_for("site.home", edition=editions[0].code))
    return render_template("expo/editions/front.html", editions=editions)
