"""Is the process alive, and can it serve?"""

from flask import Flask, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from expo.errors import SetupProblem
from expo.schema import is_current
from expo.web.access import public
from expo.web.database import engine


def init(app: Flask) -> None:
    """`/healthz` asks nothing of the database, `/readyz` does."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


@public
def healthz():
    """The process answers."""
    return jsonify(status="ok")


@public
def readyz():
    """Database reachable and migrated; says how many workers live."""
    try:
        with engine().connect() as connection:
            alive = text(
                "SELECT count(*) FROM procrastinate_workers"
                " WHERE last_heartbeat > now() - interval '1 minute'"
            )
            current = is_current(engine())
            workers = connection.execute(alive).scalar_one() if current else 0
    except (SQLAlchemyError, SetupProblem):
        return jsonify(status="unavailable", database=False), 503
    status = "ok" if current else "migrations pending"
    return jsonify(status=status, database=True, migrated=current, workers=workers), 200 if current else 503
