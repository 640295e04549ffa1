"""One supervisor for everything: database, set-up, web server and worker; Ctrl-C stops what it started."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from expo.db import database_url, embedded_server, make_engine, revive_embedded, stop_embedded
from expo.errors import SetupProblem
from expo.schema import migrate
from expo.settings import ROOT, Settings, read_settings

console = Console(highlight=False)
GRACE_S = 8
MOST_RESTARTS = 20
SLOWEST_START_S = 180
"""A machine busy with something else takes that long to load every worker's libraries."""


@dataclass
class Child:
    """A process that the supervisor keeps alive."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    starts: list[float] = field(default_factory=list)

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: S603
            self.command, cwd=ROOT, env=environment, start_new_session=True, preexec_fn=_die_with_parent
        )

    def tell(self, sign: signal.Signals) -> None:
        """Send a signal to the whole process group, if it is still there."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)

    def gone_within(self, seconds: float) -> bool:
        """Whether the process ended within so many seconds."""
        if self.process is None:
            return True
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
            return True
        return False


def _stop(children: list[Child]) -> None:
    """Ask all politely, at once; then insist."""
    for child in children:
        child.tell(signal.SIGTERM)
    for child in children:
        if not child.gone_within(GRACE_S):
            child.tell(signal.SIGKILL)
            child.gone_within(GRACE_S)


def _die_with_parent() -> None:
    """Linux: a child whose supervisor was killed stops too."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SetupProblem(f"PORT is {text!r}, but must be a number from 1 to 65535; set it and start again.")
    return int(text)


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104
        except OSError as error:
            raise SetupProblem(
                f"Port {port} cannot be used ({error.strerror}); choose another: PORT={port + 1} make run"
            ) from error


def _warn_root(settings: Settings) -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0 and not settings.database_url:
        console.print(
            "[yellow]Running as root:[/] the embedded PostgreSQL makes a system user “pgserver” and opens "
            "the parent folders of its data for reading. An ordinary user needs neither."
        )


def _step(text: str) -> None:
    console.print(f"[bold cyan]•[/] {text}")


def _flask(environment: dict[str, str], *words: str) -> None:
    """Run one of our commands to its end; its own output shows its progress."""
    result = subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=environment, check=False)  # noqa: S603
    if result.returncode:
        raise SetupProblem(f"“flask {' '.join(words)}” did not finish; its message is above.")


def web_command(port: int, workers: int) -> list[str]:
    """The web server: so many processes of four threads each, started again when one dies."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "app:create_app",
        "--host", os.environ.get("HOST", "0.0.0.0"), "--port", str(port),  # noqa: S104
        "--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers",
        "--workers-kill-timeout", "3", "--log-level", "warning", "--no-ws",
    ]  # fmt: skip


def _children(settings: Settings, port: int) -> list[Child]:
    return [
        Child("web", web_command(port, settings.web_workers)),
        Child("worker", [sys.executable, "-m", "flask", "jobs", "work"]),
    ]


def _wait_until_ready(port: int) -> None:
    import urllib.request

    latest = time.monotonic() + SLOWEST_START_S
    while time.monotonic() < latest:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)  # noqa: S310
            return
        time.sleep(0.1)
    raise SetupProblem(
        f"The web server did not become ready within {SLOWEST_START_S} seconds; its log is above."
    )


def _watch_database(server: Any) -> None:
    """Start our own database again if it died; what was acknowledged is in its log."""
    if server is None:
        return
    with suppress(SetupProblem):  # the next turn tries again
        if revive_embedded(server):
            console.print("[yellow]The database stopped; it was started again.[/]")


def _watch(children: list[Child], environment: dict[str, str], server: Any = None) -> None:
    """Start again whatever dies; give up when something dies without end."""
    while True:
        _watch_database(server)
        for child in children:
            if child.process.poll() is None:
                continue
            recent = [moment for moment in child.starts if time.monotonic() - moment < 60]
            if len(recent) >= MOST_RESTARTS:
                raise SetupProblem(f"The {child.name} keeps stopping; its log is above.")
            console.print(
                f"[yellow]The {child.name} stopped (code {child.process.returncode}); starting it again.[/]"
            )
            child.start(environment)
        time.sleep(0.3)


def _prepare(settings: Settings) -> tuple[dict[str, str], object | None]:
    """Database and set-up; answers the children's environment and the embedded server, if it is ours."""
    _step("Starting the database" if not settings.database_url else "Connecting to the database")
    server = None if settings.database_url else embedded_server(settings.instance / "postgres")
    url = database_url(settings)
    engine = make_engine(url)
    try:
        _step("Bringing the tables up to date")
        migrate(engine)
    finally:
        engine.dispose()
    environment = os.environ | {
        "EXPO_DATABASE_URL": url,
        "EXPO_INSTANCE": str(settings.instance),
        "FLASK_APP": "app",
        "PYTHONUNBUFFERED": "1",
    }
    return environment, server


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def serve() -> None:
    """Set up, start, announce, watch; on Ctrl-C or SIGTERM stop everything, the database last."""
    settings = read_settings()
    port = _port()
    _must_be_free(port)
    _warn_root(settings)
    for sign in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us deaf to Ctrl-C
        signal.signal(sign, _interrupted)
    children: list[Child] = []
    server = None
    try:
        environment, server = _prepare(settings)
        _step("Compiling the solvers, once")
        _flask(environment, "solvers", "compile")
        if settings.demo:
            _flask(environment, "demo", "ensure")
        children = _children(settings, port)
        for child in children:
            child.start(environment)
        _wait_until_ready(port)
        console.print(f"\n[bold green]Caravanserai is open:[/] http://localhost:{port}/   (Ctrl-C stops it)")
        _flask(environment, "demo", "sign-ins")
        _watch(children, environment, server)
    except KeyboardInterrupt:
        console.print("\nStopping …")
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_IGN)
        _stop(children)
        if server is not None:
            stop_embedded(server)
        console.print("Stopped.")


def main() -> int:
    """Entry of `python -m expo.serve`: a set-up problem is one sentence, not a traceback."""
    try:
        serve()
    except SetupProblem as problem:
        console.print(f"[bold red]Cannot start:[/] {problem}", soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
