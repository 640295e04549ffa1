"""Empty files to begin an edition with: heads only, and a page that explains every column."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal

from expo.spreadsheets import Cell, csv_bytes, xlsx_bytes
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder import settings
from matchmaking.folder.columns import TABLES
from matchmaking.folder.parse import EXPLANATIONS, WORKBOOK
from matchmaking.folder.settings import Settings
from matchmaking.folder.staying import STAYS

Translate = Callable[[Sentence], str]


def example() -> Settings:
    """Settings to be written over."""
    day = date(2030, 6, 15)
    return Settings(
        code="our-expo-2030", country="CN", timezone="Asia/Shanghai", currency="CNY",
        languages=["en", "zh", "ru", "ur"], starts_on=day, ends_on=date(2030, 6, 18), gross_m2=20_000, seed=1,
        applications_open=datetime.combine(date(2029, 9, 1), time(9)),
        applications_close=datetime.combine(date(2030, 3, 1), time(18)),
        name={"en": "Our expo 2030"}, city={"en": "Qingdao"},
        days=[{
            "date": day, "programme_from": time(9), "programme_until": time(18),
            "breaks": [["12:00", "13:30"]],
        }],
        meetings={
            "days": ["2030-06-16"], "start": "09:30", "end": "17:00", "slot_minutes": 20,
            "breaks": [["12:00", "13:30"]], "tables": 40, "morning_until": "12:30",
        },
        prices={
            "shell_m2": "1200", "raw_m2": "1000", "corner_percent": "10", "island_percent": "20",
            "power_kw": "150", "tax_percent": "6",
        },
        rates=[{"currency": "USD", "on_date": day, "rate": Decimal("7.1"), "source": "an example"}],
        country_groups=[{"code": "SCO", "country": "KZ", "since": date(2001, 6, 15), "until": None}],
    )  # fmt: skip


def files(words: Translate = str) -> dict[str, bytes]:
    """The templates: edition.toml, a CSV a table and columns.md, which explains them."""
    made = {settings.FILE: settings.write(example()).encode()}
    made |= {f"{name}.csv": csv_bytes([list(table.heads())], bom=True) for name, table in TABLES.items()}
    return made | {f"{EXPLANATIONS}.md": page(words).encode()}


def workbook(words: Translate = str) -> bytes:
    """All tables as one workbook, its last sheet explaining the columns."""
    sheets = {name: [list(table.heads())] for name, table in TABLES.items()}
    head: list[Cell] = [
        words(_t("Sheet")),
        words(_t("Column")),
        words(_t("Required")),
        words(_t("What it holds")),
        "",
    ]
    return xlsx_bytes({**sheets, EXPLANATIONS: [head, *_explanations(words)]})


def with_workbook(words: Translate = str) -> dict[str, bytes]:
    """The templates in both forms, the workbook in place of the CSV files if it is filled in."""
    return files(words) | {f"as-one-workbook/{WORKBOOK}": workbook(words)}


def _explanations(words: Translate) -> Iterator[list[Cell]]:
    for table in TABLES.values():
        for column in table.columns:
            for head in column.heads:
                required = words(_t("yes")) if column.required else ""
                yield [table.name, head, required, words(column.help), words(column.kind.help)]


def page(words: Translate = str) -> str:
    """The explanation of the folder, its settings and every column, as Markdown."""
    lines = [
        "# " + words(_t("The edition folder")),
        "",
        words(_t("An edition is a folder: edition.toml, and each table a file, CSV in UTF-8 or XLSX.")),
        words(_t("All tables may also be the sheets of one workbook, edition.xlsx.")),
        words(_t("A missing table is an empty one; a cell may be empty unless its column is required.")),
        words(_t("Lists are parted by semicolons. Columns that end in a language hold the text in it.")),
        "",
        words(
            _t(
                "A folder holds names, addresses and telephone numbers, and what firms agreed on: keep it as"
                " you keep the house itself."
            )
        ),
        words(
            _t(
                "Who said no to whom, messages, complaints, what was put aside and what was said after"
                " meetings are in the full folder alone, which takes a right of its own and leaves a line in"
                " the audit trail."
            )
        ),
        "",
        f"## {settings.FILE}",
        "",
        "```toml",
        settings.write(example()).rstrip(),
        "```",
        "",
    ]
    for table in TABLES.values():
        lines += [f"## {table.name}", "", words(table.help), ""]
        for column in table.columns:
            heads = ", ".join(f"`{head}`" for head in column.heads)
            required = f" **{words(_t('Required.'))}**" if column.required else ""
            lines.append(f"- {heads}: {words(column.help)} ({words(column.kind.help)}){required}")
        lines.append("")
    lines += _what_stays(words)
    return "\n".join(lines)


def _what_stays(words: Translate) -> Iterator[str]:
    """What a folder does not hold, by the names of the database's tables."""
    yield "## " + words(_t("What stays in the house"))
    yield ""
    for why, tables in STAYS:
        yield f"- {words(why)} ({', '.join(f'`{one}`' for one in sorted(tables))})"
    yield ""
