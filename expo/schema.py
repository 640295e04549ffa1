"""The whole schema: every table of every room, and how a database is brought up to date."""

from importlib import import_module

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel

from expo.errors import SetupProblem
from expo.settings import ROOT

WINGS = ("expo", "matchmaking")


def load_all_models() -> None:
    """Import every room's `models` so that the metadata is complete."""
    for wing in WINGS:
        for room in sorted((ROOT / wing).iterdir()):
            if (room / "models.py").exists() or (room / "models").is_dir():
                import_module(f"{wing}.{room.name}.models")


def alembic_config(engine: Engine) -> Config:
    """Alembic's configuration, bound to an engine; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = engine
    return config


def migrate(engine: Engine) -> None:
    """Bring the database to the newest migration; a no-op when it is there.

    SetupProblem when no database answers at the engine's address, or one whose tables we do not know.
    """
    try:
        engine.connect().close()
    except OperationalError as error:
        raise unreachable(engine, error) from error
    try:
        command.upgrade(alembic_config(engine), "head")
    except CommandError as error:
        raise SetupProblem(
            f"The database {engine.url.render_as_string(hide_password=True)} was made by another version of "
            f"this program ({error}). Use that version, or an empty database."
        ) from error


def unreachable(engine: Engine, error: OperationalError) -> SetupProblem:
    """The sentence for a database that does not answer; the address without its password."""
    reason = " ".join(str(error.orig).split())
    return SetupProblem(
        f"The database {engine.url.render_as_string(hide_password=True)} cannot be reached ({reason}). "
        "Start it, correct EXPO_DATABASE_URL, or unset it to use the embedded one."
    )


def is_current(engine: Engine) -> bool:
    """Whether the database stands at the newest migration."""
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def metadata():
    """The metadata of all rooms."""
    load_all_models()
    return SQLModel.metadata
