"""One database session a request, opened when first asked for."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Flask, current_app, g
from flask_login import current_user
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session

from expo.db import database_url, make_engine
from expo.schema import unreachable
from expo.settings import Settings


def init(app: Flask, settings: Settings) -> None:
    """Prepare lazily: neither a server nor a connection is opened before somebody asks."""
    app.extensions["expo_open_session"] = lambda: Session(_engine(app, settings))
    app.teardown_appcontext(_close)


def _engine(app: Flask, settings: Settings):
    if "expo_engine" not in app.extensions:
        app.extensions["expo_engine"] = make_engine(database_url(settings))
    return app.extensions["expo_engine"]


def engine():
    """The application's engine."""
    return _engine(current_app._get_current_object(), current_app.extensions["expo_settings"])


def db() -> Session:
    """This request's session. Changes are audited under the signed-in user's name."""
    if "db" not in g:
        g.db = current_app.extensions["expo_open_session"]()
        g.db.info["request_id"] = g.get("request_id", "")
    return g.db


def name_actor() -> None:
    """Tell the session who acts, for the audit trail; called once the user is known."""
    if current_user.is_authenticated:
        db().info["user_id"] = current_user.id
        db().info["actor"] = current_user.name


@contextmanager
def cli_session() -> Iterator[Session]:
    """A session for a command; the command commits. Closed (and rolled back) in any case."""
    session = current_app.extensions["expo_open_session"]()
    session.info["actor"] = "command line"
    try:
        yield session
    except OperationalError as error:
        raise unreachable(engine(), error) from error
    finally:
        session.close()


def give_up() -> None:
    """Undo what this request began, so that the page about its failure can ask the database again."""
    if "db" in g:
        with suppress(SQLAlchemyError):
            g.db.rollback()


def _close(_error: BaseException | None) -> None:
    session = g.pop("db", None)
    if session is not None:
        session.close()
