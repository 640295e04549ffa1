"""For requests that must be quick: a bare connection a thread, where one statement is a transaction."""

import threading
from collections.abc import Callable

import psycopg
from flask import Flask, current_app

from expo.db import plain_url

OPTIONS = "-c timezone=UTC -c statement_timeout=15000"


class Quick:
    """Opens a connection when a thread first asks, and anew when the old one broke."""

    def __init__(self, url: Callable[[], str]):
        self._url, self._here = url, threading.local()

    def __call__(self) -> psycopg.Connection:
        """This thread's connection, in autocommit; statements are prepared when first used."""
        found = getattr(self._here, "connection", None)
        if found is None or found.closed or found.broken:
            found = self._here.connection = psycopg.connect(
                plain_url(self._url()), autocommit=True, prepare_threshold=1, options=OPTIONS,
                application_name="caravanserai", connect_timeout=5,
            )  # fmt: skip
        return found


def init(app: Flask, url: Callable[[], str]) -> None:
    """Nothing is opened before somebody asks."""
    app.extensions["expo_quick"] = Quick(url)


def quick() -> psycopg.Connection:
    """This thread's bare connection."""
    return current_app.extensions["expo_quick"]()
