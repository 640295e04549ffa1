"""An application of its own with a few pages that fail in every way."""

import pytest
from flask import abort, flash, redirect
from sqlalchemy import text
from sqlmodel import Session
from wtforms import StringField
from wtforms.validators import InputRequired

from app import create_app
from expo.accounts.models import Attempt
from expo.clock import now
from expo.errors import Refused
from expo.web import HouseForm, db, needs, public, refuse
from expo.words import say


class NameForm(HouseForm):
    name = StringField("Name", [InputRequired("Type a name.")])


def add_pages(app) -> None:
    """Pages under /t/…, one for each kind of trouble."""

    @public
    def refused():
        raise Refused(say("Stand %(code)s was taken.", code="A-07"))

    @public
    def broken():
        raise RuntimeError("the password is sesame")

    @public
    def too_long():
        db().execute(text("SELECT CAST('x' AS integer)"))

    @public
    def twice():
        db().execute(text("INSERT INTO attempt VALUES ('a', now(), 1), ('a', now(), 1)"))

    def _deleted_meanwhile() -> Attempt:
        row = Attempt(key="a", window_start=now(), count=1)
        db().add(row)
        db().flush()
        db().execute(text("DELETE FROM attempt"))
        return row

    @public
    def gone():
        db().refresh(_deleted_meanwhile(), with_for_update=True)

    @public
    def stale():
        _deleted_meanwhile().count = 2
        db().flush()

    @public
    def misused():
        db().refresh(Attempt(key="a", window_start=now(), count=1))

    @public
    def deadlock():
        db().execute(text("DO $$ BEGIN RAISE EXCEPTION 'locked' USING ERRCODE = '40P01'; END $$"))

    @public
    def row(number: int):
        return (
            f"row {number}" if db().execute(text("SELECT CAST(:n AS integer)"), {"n": number}) else abort(404)
        )

    @public
    def form():
        form = NameForm()
        if form.accepted():
            refuse(form, Refused(say("Stand %(code)s was taken.", code=form.name.data)))
        else:
            flash("shown", "info")
        return "; ".join([*map(str, form.form_errors), *form.name.errors, form.name.data or ""])

    def unmarked():
        return "anybody?"

    @needs("console.view")
    def guarded():
        return redirect("/")

    for view in (refused, broken, too_long, twice, gone, stale, misused, deadlock, unmarked, guarded):
        app.add_url_rule(
            f"/t/{view.__name__.replace('_', '-')}", view.__name__, view, methods=["GET", "POST"]
        )
    app.add_url_rule("/t/row/<int:number>", "row", row)
    app.add_url_rule("/t/form", "form", form, methods=["GET", "POST"])


@pytest.fixture(scope="session")
def _trouble_app(server_url, template, tmp_path_factory):
    from tests.conftest import _url_of

    app = create_app(
        database_url=_url_of(server_url, template),
        instance=tmp_path_factory.mktemp("instance"),
        secret_key="for tests only, for tests only, for tests only",
        log_level="error",
    )
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)  # CSRF stays on
    add_pages(app)
    return app


@pytest.fixture
def trouble(_trouble_app, connection):
    """A browser on an application with CSRF on and pages that fail."""
    _trouble_app.extensions["expo_open_session"] = lambda: Session(
        bind=connection, join_transaction_mode="create_savepoint"
    )
    return _trouble_app.test_client()
