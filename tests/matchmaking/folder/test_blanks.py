"""Templates hold every column, and are themselves a folder without problems once a name is theirs."""

from expo.settings import ROOT
from expo.spreadsheets import read_sheets, read_table
from matchmaking.folder import blanks, services
from matchmaking.folder.columns import TABLES


def heads(rows) -> list[str]:
    return next(iter(rows))[1]


def test_every_table_has_a_template_with_all_its_columns():
    made = blanks.files()
    assert {name: heads(read_table(made[f"{name}.csv"], 10)) for name in TABLES} == {
        name: list(table.heads()) for name, table in TABLES.items()
    }


def test_the_workbook_has_the_same_columns_and_explains_them():
    sheets = read_sheets(blanks.workbook(), 1_000)
    assert [*sheets][:-1] == [*TABLES]
    explained = [(cells[0], cells[1]) for _, cells in sheets["columns"]][1:]
    assert explained == [(name, head) for name, table in TABLES.items() for head in table.heads()]


def test_the_templates_are_a_folder_without_problems():
    for files in (
        blanks.files(),
        {"edition.toml": blanks.files()["edition.toml"], "edition.xlsx": blanks.workbook()},
    ):
        _, problems = services.read_files(files)
        assert [str(problem) for problem in problems.listed] == []


def test_the_documentation_of_the_folder_is_the_page_itself():
    document = ROOT / "docs" / "edition-folder.md"
    assert document.read_text(encoding="utf-8") == blanks.page(), "write blanks.page() into it anew"


def test_every_column_is_explained_in_the_page():
    page = blanks.files()["columns.md"].decode()
    assert [head for table in TABLES.values() for head in table.heads() if f"`{head}`" not in page] == []
