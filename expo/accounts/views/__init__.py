"""Pages of accounts, and how every other page learns who is there."""

from datetime import timedelta

from flask import Flask, g, has_request_context, request, url_for
from flask import session as cookie
from flask_login import LoginManager, current_user

from expo.accounts import services
from expo.accounts.people import Nobody, SignedIn
from expo.accounts.views import entering, joining, own, roles
from expo.accounts.views.door import TOKEN, bp
from expo.web import _, can, db
from expo.web.frame import add_navigation

__all__ = ["entering", "init", "joining", "own", "roles"]


def init(app: Flask) -> None:
    """Register the pages, and say who is at the browser."""
    manager = LoginManager()
    manager.session_protection = None  # a token of our own is bound to a row that sign-out deletes
    manager.anonymous_user = Nobody
    manager.request_loader(who)
    # As its init_app does, without the remember-me cookie that would read the session on every file served.
    app.login_manager = manager  # pyright: ignore[reportAttributeAccessIssue]
    app.context_processor(lambda: {"current_user": current_user})
    app.permanent_session_lifetime = timedelta(days=app.extensions["expo_settings"].sign_in_days)
    app.register_blueprint(bp)
    app.context_processor(_addresses)
    add_navigation(app, _entries)


def who(_request) -> SignedIn | None:
    """The person whose token the browser's cookie holds. Nobody is looked up while a failure is shown."""
    token = cookie.get(TOKEN)
    return services.signed_in(db(), token) if token and not g.get("failing") else None


def _addresses() -> dict:
    if not has_request_context():
        return {}
    here = request.full_path.rstrip("?")
    elsewhere = (
        request.method == "GET" and request.blueprint != bp.name and request.endpoint != "editions.front"
    )
    return {
        "sign_in_url": url_for("accounts.sign_in", next=here if elsewhere else None),
        "sign_out_url": url_for("accounts.sign_out"),
        "account_url": url_for("accounts.account"),
    }


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("roles.grant"):
        return []
    return [(90, "console", _("Roles"), url_for("accounts.role_list"), "r")]
