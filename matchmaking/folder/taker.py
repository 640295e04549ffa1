"""Taking settings out of TOML one by one, noting on which line one is missing, wrong or unknown."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder.problems import Problems
from matchmaking.folder.settings import FILE
from matchmaking.folder.values import BadCell


class Lines:
    """Finds the line of a setting, so that a fault can be pointed at."""

    def __init__(self, text: str):
        self.found: dict[str, int] = {}
        section, counts = "", {}
        for row, line in enumerate(text.splitlines(), start=1):
            head = re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line)
            if head:
                section = head[2]
                if head[1] == "[[":
                    counts[section] = counts.get(section, 0) + 1
                    section = f"{section}[{counts[section]}]"
                self.found.setdefault(section, row)
            elif key := re.match(r"\s*([\w-]+)\s*=", line):
                self.found.setdefault(f"{section}.{key[1]}" if section else key[1], row)

    def row(self, path: str) -> int:
        """The line of a setting, or of the table it should be in; 0 if neither is there."""
        return self.found.get(path) or self.found.get(path.rpartition(".")[0], 0)


class Taker:
    """Takes values out of one TOML table, noting what is missing, wrong or unknown."""

    def __init__(self, values: Mapping[str, Any], path: str, lines: Lines, problems: Problems):
        self.values, self.path, self.lines, self.problems = dict(values), path, lines, problems

    def fault(self, key: str, value: Any, reason: Sentence) -> None:
        where = f"{self.path}.{key}" if self.path and key else self.path or key
        self.problems.add(FILE, self.lines.row(where), where, value, reason)

    def take(self, key: str, read: Callable[[Any], Any], default: Any, required: bool = False) -> Any:
        """The value of a key; the default if it is missing or wrong (which is then a problem)."""
        if key not in self.values:
            if required:
                self.fault(key, "", _t("This setting is missing."))
            return default
        value = self.values.pop(key)
        try:
            return read(value)
        except BadCell as bad:
            self.fault(key, value, bad.sentence)
            return default

    def table(self, key: str) -> "Taker":
        """A table inside this one."""
        value = self.values.pop(key, {})
        if not isinstance(value, dict):
            self.fault(key, value, _t("This is a table of settings, written [%(key)s].", key=key))
            value = {}
        return Taker(value, f"{self.path}.{key}" if self.path else key, self.lines, self.problems)

    def tables(self, key: str) -> list["Taker"]:
        """The tables of an array, written [[key]]."""
        value = self.values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, value, _t("These are tables of settings, each written [[%(key)s]].", key=key))
            value = []
        return [
            Taker(item, f"{key}[{n}]", self.lines, self.problems) for n, item in enumerate(value, start=1)
        ]

    def finish(self) -> None:
        """Everything not taken is unknown."""
        for key, value in self.values.items():
            self.fault(key, value, _t("There is no such setting."))
