"""One typst compiler a template: values in, PDF or pictures out, and what the template has to tell."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from expo.packaged import packaged_path
from expo.press import typefaces
from expo.settings import ROOT

TEMPLATES = ROOT / "templates" / "press"
_making = threading.Lock()


class PressProblem(RuntimeError):
    """The template or the typesetter failed; the message is for the log."""


@dataclass(frozen=True)
class Job:
    """What to set: a template of `templates/press` by name, and the values it reads."""

    template: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Sheets:
    """A PDF, and what the template told while setting it (its `metadata` labelled <told>)."""

    document: bytes
    told: tuple[Any, ...]


class Press:
    """Sets jobs one at a time: a compiler keeps what it measured, and is not made for threads."""

    def __init__(self, fonts: Any):
        self._fonts = fonts
        self._compilers: dict[str, Any] = {}
        self._one_at_a_time = threading.Lock()

    def pdf(self, job: Job, *, accessible: bool = True) -> Sheets:
        """A tagged PDF/UA-1; without tags unless `accessible`."""
        standards = ["ua-1"] if accessible else []
        with self._one_at_a_time:
            compiler = self._compiler(job.template)
            document = _safely(
                compiler.compile,
                format="pdf",
                sys_inputs=_inputs(job),
                pdf_standards=standards,
                pdf_tags=accessible,
            )
            return Sheets(document, tuple(json.loads(_safely(compiler.query, "<told>", field="value"))))

    def pages(self, job: Job, format: Literal["svg", "png"] = "svg", ppi: float = 144) -> list[bytes]:  # noqa: A002
        """A picture of each page."""
        with self._one_at_a_time:
            made = _safely(
                self._compiler(job.template).compile, format=format, sys_inputs=_inputs(job), ppi=ppi
            )
        return made if isinstance(made, list) else [made]

    def _compiler(self, template: str) -> Any:
        import typst

        if template not in self._compilers:
            self._compilers[template] = typst.Compiler(
                TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=self._fonts
            )
        return self._compilers[template]


def _inputs(job: Job) -> dict[str, str]:
    return {"data": json.dumps(job.data, ensure_ascii=False)}


def _safely(work: Any, *args: Any, **named: Any) -> Any:
    """What typst cannot set becomes an error of ours: its panics are no Exceptions and would end a worker."""
    try:
        return work(*args, **named)
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise PressProblem(str(error)) from error
        raise


@cache
def _opened(instance: Path) -> Press:
    import typst

    if not typefaces.are_made(instance):
        typefaces.make(instance)
    han = packaged_path(typefaces.SOURCES[1])
    folders = [typefaces.folder_of(instance), han.parent if han else typefaces.folder_of(instance)]
    return Press(typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders))


def press_of(instance: Path) -> Press:
    """The press of this process, made when first needed; `instance` holds its typefaces."""
    with _making:
        return _opened(instance)
