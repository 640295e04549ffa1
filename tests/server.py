"""The PostgreSQL of the tests: apart from the one that `make run` uses, and in memory where there is room."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import psutil
from fasteners import InterProcessLock
from sqlalchemy import Engine, text

from expo.db import embedded_server, make_engine
from expo.settings import ROOT

CONNECTIONS = 400
MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 2 << 30  # bytes to be free there; a run writes a quarter of that
SPARE = 4 << 30  # bytes of memory to be free in all, for workers and browsers
SETTINGS = (
    f"max_connections = {CONNECTIONS}",  # races open dozens of connections in every worker at once
    "fsync = off",  # nobody wants the data after a power cut
    "full_page_writes = off",
    "synchronous_commit = off",
    "max_wal_size = '256MB'",
)


def server_of_tests() -> Any:
    """Start (or join) the server of this checkout's tests; with the last worker it goes, and what it kept.

    A database consists of some two thousand files, and most races and journeys get one of their own:
    in memory that takes a tenth of the time that it takes on a disk.
    """
    folder = _folder()
    server = embedded_server(folder / "postgres")
    if folder.is_relative_to(MEMORY):
        server.cleanup_mode = "delete"
    return _roomy(server)


def _folder() -> Path:
    whose = hashlib.sha256(f"{ROOT} {os.getuid()}".encode()).hexdigest()[:12]
    here = MEMORY / f"caravanserai-tests-{whose}"
    return here if (here / "postgres").exists() or _has_room() else ROOT / "instance" / "tests"


def _has_room() -> bool:
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return False
    return psutil.virtual_memory().available > SPARE


def statement(engine: Engine, words: str) -> None:
    """Run a statement outside any transaction."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(words))


def _roomy(server: Any) -> Any:
    """The embedded server, once it takes many connections and leaves the disk alone."""
    with InterProcessLock(server.pgdata.parent / "settings.lock"):
        keeper = make_engine(server.get_uri())
        with keeper.connect() as connection:
            allowed = int(connection.execute(text("SHOW max_connections")).scalar_one())
        if allowed < CONNECTIONS:
            for setting in SETTINGS:
                statement(keeper, f"ALTER SYSTEM SET {setting}")
        keeper.dispose()
        with server._lock:
            if allowed < CONNECTIONS:
                server._stop()
            server.ensure_postgres_running()  # also takes note of one that another worker started again
    return server
