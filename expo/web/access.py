"""Deny by default: every view is `@public` or names the permission it needs."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from expo.web.database import db, name_actor

View = TypeVar("View", bound=Callable)
PUBLIC = "public"
log = structlog.get_logger()


def public(view: View) -> View:
    """Anybody may call this view."""
    view.needs = PUBLIC  # pyright: ignore[reportFunctionMemberAccess]
    return view


def needs(permission: str) -> Callable[[View], View]:
    """Only people with this permission (in the edition of the address, if any) may call this view."""

    def mark(view: View) -> View:
        view.needs = permission  # pyright: ignore[reportFunctionMemberAccess]
        return view

    return mark


def can(permission: str) -> bool:
    """Whether the person at the browser may do this here."""
    edition = g.get("edition")
    return current_user.is_authenticated and current_user.may(permission, edition.id if edition else None)


def init(app: Flask) -> None:
    """Check every request before its view runs."""
    app.before_request(_check)
    app.jinja_env.globals["can"] = can


def _check():
    if g.get("edition"):
        # Rows that do not name their edition are audited under this one.
        db().info["edition_id"] = g.edition.id
    if request.endpoint is None:
        return None  # no such address: the 404 follows
    permission = getattr(current_app.view_functions[request.endpoint], "needs", None)
    if permission == PUBLIC:
        return None
    if permission is None:
        log.error("view without a permission", endpoint=request.endpoint)
        abort(403)
    if not current_user.is_authenticated:
        if request.method == "GET" and not request.path.startswith("/api/"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        abort(401)
    if not can(permission):
        abort(403)
    name_actor()
    return None
