"""`flask editions …` imports, checks and exports folders."""

import pytest
from sqlmodel import func, select

from expo.editions.models import Edition
from tests.matchmaking.folder import small


@pytest.fixture
def run(app):
    def call(*arguments):
        return app.test_cli_runner().invoke(args=["editions", *map(str, arguments)])

    return call


@pytest.fixture
def folder(tmp_path):
    for name, content in small.files().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def codes(session) -> list[str]:
    return list(session.exec(select(Edition.code).order_by(Edition.code)))


def test_a_folder_is_imported_and_exported(run, folder, session, tmp_path_factory):
    done = run("import", folder)
    assert (done.exit_code, codes(session)) == (0, ["small-2023"])
    out = tmp_path_factory.mktemp("out")
    assert run("export", "small-2023", out).exit_code == 0
    again = run("import", out, "--code", "again")
    assert (again.exit_code, codes(session)) == (0, ["again", "small-2023"])


def test_a_dry_run_stores_nothing_and_counts(run, folder, session):
    done = run("import", folder, "--dry-run")
    assert done.exit_code == 0
    assert "Would be imported as small-2023" in done.output
    assert session.scalar(select(func.count()).select_from(Edition)) == 0


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_problems_are_listed_and_the_command_fails(run, folder, session, options):
    (folder / "products.csv").write_bytes(
        small.csv_of(small.changed("products", 0, price="-1", hs="770000")["products"])
    )
    done = run("import", folder, *options)
    assert done.exit_code == 1
    assert "2 problems; nothing was imported" in done.output
    assert "The number is negative." in done.output
    assert codes(session) == []


def test_a_workbook_comes_out_on_request(run, folder, tmp_path_factory):
    run("import", folder)
    out = tmp_path_factory.mktemp("out")
    run("export", "small-2023", out, "--xlsx")
    assert sorted(path.name for path in out.iterdir()) == ["edition.toml", "edition.xlsx"]


def test_what_cannot_be_done_is_said_in_one_sentence(run, folder, tmp_path):
    run("import", folder)
    (tmp_path / "notes").write_text("x")
    for arguments, sentence in (
        (("import", tmp_path / "nothing"), "There is no folder"),
        (("import", folder), "There is an edition small-2023 already"),
        (("export", "no-such", tmp_path / "out"), "There is no edition no-such."),
        (("export", "small-2023", tmp_path / "notes"), "cannot be written"),
    ):
        done = run(*arguments)
        assert (done.exit_code, sentence in done.output) == (1, True), done.output


def test_templates_are_written(run, tmp_path):
    run("templates", tmp_path / "new")
    assert (tmp_path / "new" / "stands.csv").exists()
