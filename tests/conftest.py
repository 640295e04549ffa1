"""One embedded server for the whole run; each test in a transaction that is rolled back."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app import create_app
from expo.accounts import passwords
from expo.db import driver_url, make_engine
from expo.schema import load_all_models, migrate
from expo.settings import ROOT
from tests import server

# The same examples every time: a red test is about the change at hand. EXPO_EXPLORE=1 looks for new ones.
BUSY = [HealthCheck.too_slow]  # how busy the machine is, is no fault of a test
settings.register_profile("house", derandomize=True, suppress_health_check=BUSY)
settings.register_profile("explore", derandomize=False, suppress_health_check=BUSY)
settings.load_profile("explore" if os.environ.get("EXPO_EXPLORE") else "house")

load_all_models()
TEMPLATE = "caravanserai_tests"
REAL_HASHER = passwords.hasher  # what tests sign in with is quicker; one test looks at the real one
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def compiled_templates() -> FileSystemBytecodeCache:
    """Templates as code, shared by all applications of all workers; a changed template is compiled anew."""
    folder = ROOT / "instance" / "tests" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _url_of(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session")
def server_url() -> str:
    """A PostgreSQL for tests; EXPO_TEST_DATABASE_URL names one that lets in `server.CONNECTIONS` at once."""
    return os.environ.get("EXPO_TEST_DATABASE_URL") or server.server_of_tests().get_uri()


@pytest.fixture(scope="session")
def template(server_url) -> Iterator[str]:
    """The name of a freshly migrated database; others are copied from it."""
    name = f"{TEMPLATE}_{uuid4().hex[:8]}"
    keeper = make_engine(server_url)
    server.statement(keeper, f"CREATE DATABASE {name}")
    engine = make_engine(_url_of(server_url, name))
    migrate(engine)
    engine.dispose()
    yield name
    server.statement(keeper, f"DROP DATABASE {name} WITH (FORCE)")
    keeper.dispose()


@pytest.fixture(scope="session")
def _engine(server_url, template) -> Iterator[Engine]:
    engine = make_engine(_url_of(server_url, template))
    yield engine
    engine.dispose()


@pytest.fixture
def connection(_engine) -> Iterator[Connection]:
    """A connection whose outer transaction is rolled back after the test."""
    with _engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def session(connection) -> Iterator[Session]:
    """A session inside that transaction; its commits are savepoints."""
    with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
        yield session


@pytest.fixture
def fresh_database(server_url, template, _engine) -> Iterator[str]:
    """The URL of a database of the test's own, for races between real connections and for commands."""
    name = f"{TEMPLATE}_{uuid4().hex[:8]}"
    keeper = make_engine(server_url)
    _engine.dispose()
    server.statement(keeper, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield driver_url(_url_of(server_url, name))
    server.statement(keeper, f"DROP DATABASE {name} WITH (FORCE)")
    keeper.dispose()


@pytest.fixture(scope="session")
def _app(server_url, template, tmp_path_factory):
    instance = tmp_path_factory.mktemp("instance")
    (ROOT / "instance" / "fonts").mkdir(parents=True, exist_ok=True)
    (instance / "fonts").symlink_to(ROOT / "instance" / "fonts")  # made at set-up, in half a minute
    app = create_app(
        database_url=_url_of(server_url, template),
        instance=instance,
        secret_key="for tests only, for tests only, for tests only",
        log_level="error",
        smtp_host=None,
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.bytecode_cache = compiled_templates()
    return app


@pytest.fixture
def app(_app, connection):
    """The application, its requests inside the test's transaction. CSRF is off; its own test turns it on."""
    _app.extensions["expo_open_session"] = lambda: Session(
        bind=connection, join_transaction_mode="create_savepoint"
    )
    _app.extensions["expo_quick"] = lambda: connection.connection.driver_connection
    return _app


@pytest.fixture
def client(app):
    """A browser without JavaScript."""
    return app.test_client()
