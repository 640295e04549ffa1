"""Settings and files that are wrong as a whole are told, and blamed for nothing else."""

import os

import pytest

from expo.errors import Refused
from expo.spreadsheets import xlsx_bytes
from matchmaking.folder import services
from tests.matchmaking.folder.reading import found, settings
from tests.matchmaking.folder.small import files

SETTINGS = [
    ('country = "CN"', 'country = "XX"', (2, "country")),
    ('currency = "CNY"', 'currency = "RMB"', (4, "currency")),
    ("Asia/Shanghai", "Asia/Qingdao", (3, "timezone")),
    ("gross_m2 = 500", "gross_m2 = -1", (8, "gross_m2")),
    ('["en", "zh"]', '["en", "fr"]', (5, "languages")),
    ("ends_on = 2023-06-18", "ends_on = 2023-06-14", (7, "ends_on")),
    ("ends_on = 2023-06-18", "ends_on = 2023-06-18\ncolour = 3", (8, "colour")),
    ("date = 2023-06-16", "date = 2023-07-16", (26, "days[2].date")),
    ("date = 2023-06-16", "date = 2023-06-15", (26, "days[2].date")),
    ('programme_from = "09:00"', 'programme_from = "9 am"', (21, "days[1].programme_from")),
    ('until = "18:00"', 'until = "08:00"', (22, "days[1].programme_until")),
    ('[["12:00", "13:30"]]', '[["13:30", "12:00"]]', (23, "days[1].breaks")),
    ('days = ["2023-06-16"]', 'days = ["2023-06-20"]', (29, "meetings.days")),
    ("slot_minutes = 20", "slot_minutes = 0", (32, "meetings.slot_minutes")),
    ('tax_percent = "6"', 'tax_percent = "-6"', (39, "prices.tax_percent")),
    ('rate = "7.143"', 'rate = "0"', (48, "rates[1].rate")),
    ('country = "KZ"', 'country = "KZ"\nuntil = 1999-01-01', (54, "country_groups[1].until")),
    ('en = "Small expo"', 'en = "a\\u0000b"', (13, "name.en")),
    ("seed = 7", "seed = [", (0, "")),
    ("seed = 7", "seed = 0x" + "f" * 5000, (9, "seed")),
    ("seed = 7", "seed = " + "[" * 150 + "]" * 150, (9, "seed")),
    ("seed = 7", "seed = 7\n" + ".".join("a" * 3000) + " = 1", (0, "a")),
    ("seed = 7", "seed = 1e999", (9, "seed")),
    ("seed = 7", "seed = nan", (9, "seed")),
    ('["en", "zh"]', '[["en"], {a = 1}]', (5, "languages")),
    ("starts_on = 2023-06-15", "starts_on = 0001-01-01", (6, "starts_on")),
    ("ends_on = 2023-06-18", "ends_on = 9999-12-31", (7, "ends_on")),
    ("ends_on = 2023-06-18", "ends_on = 2025-06-18", (7, "ends_on")),
    ('rate = "7.143"', "rate = 0x" + "f" * 5000, (48, "rates[1].rate")),
    ('area = "0.5"', "area = nan", (43, "points_rule.area")),
    ('area = "0.5"', "area = 0x" + "f" * 5000, (43, "points_rule.area")),
    ('area = "0.5"', 'area = "\\u0000"', (43, "points_rule.area")),
    ('area = "0.5"', '"a\\u0000" = 1', (41, "points_rule.a\0")),
    ('days = ["2023-06-16"]', 'days = ["2023-06-16", "2023-06-16"]', (29, "meetings.days")),
]


@pytest.mark.parametrize(("old", "new", "problem"), SETTINGS)
def test_a_bad_setting_is_told_with_its_line(old, new, problem):
    places = [(row, column) for file, row, column, _ in found(settings(old, new)) if file == "edition.toml"]
    if problem == (0, ""):
        assert [column for _, column in places] == [""]
    else:
        assert problem in places


@pytest.mark.parametrize("number", ["7" * 5000, "1e" + "9" * 20])
def test_a_number_too_long_to_be_read_is_told_with_its_line(number):
    assert found(settings("seed = 7", f"seed = {number}")) == [
        ("edition.toml", 9, "", "The number is too large."),
    ]


def test_settings_that_fill_memory_are_not_read():
    sentence = "The file has more than 1 MB; settings are a page or two."
    assert found(files() | {"edition.toml": b"# " + b"x" * (1 << 20)}) == [("edition.toml", 0, "", sentence)]


def test_missing_settings_are_told_and_blamed_for_nothing_else():
    given = files()
    del given["edition.toml"]
    problems = found(given)
    assert problems == [
        ("edition.toml", 0, "", "This file is missing; it holds the settings of the edition."),
    ]


def test_a_wrong_encoding_blames_only_its_file():
    data = "code,name_en,gross_m2,net_m2\nINT,Zone,1,1\nIND,Fläche,1,1\n".encode("latin-1")
    sentence = "The file is not in UTF-8 (byte 0xe4). Save it again as “CSV UTF-8”."
    assert found(files(zones=data)) == [("zones.csv", 3, "", sentence)]


def test_an_unreadable_workbook_blames_only_itself():
    given = files()
    del given["halls.csv"]
    problems = found(given | {"halls.xlsx": b"PK\x03\x04 broken"})
    assert [problem[:3] for problem in problems] == [("halls.xlsx", 0, "")]


def test_a_file_that_is_not_part_of_the_folder_is_told():
    assert found(files() | {"stand.csv": b"", "README.md": b"", ".hidden.csv": b"", "map.png": b""}) == [
        ("stand.csv", 0, "", "This file is not part of an edition folder; is stands.csv meant?"),
    ]


def test_a_table_given_in_both_forms_is_told():
    workbook = xlsx_bytes({"zones": [["code"]]})
    assert found(files() | {"zones.xlsx": workbook}) == [
        ("zones.xlsx", 0, "", "The table zones is there twice."),
    ]


def on_disk(folder) -> None:
    for name, data in files().items():
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing"])
def test_what_only_bears_the_name_of_a_file_is_told(tmp_path, kind):
    on_disk(tmp_path)
    halls = tmp_path / "halls.csv"
    halls.unlink()
    {"folder": halls.mkdir, "pipe": lambda: os.mkfifo(halls)}.get(kind, lambda: halls.symlink_to("nowhere"))()
    with pytest.raises(Refused, match="The file halls.csv cannot be read: Not a regular file."):
        services.read_folder(tmp_path)


def test_what_lies_beside_the_files_is_not_even_read(tmp_path):
    on_disk(tmp_path)
    (tmp_path / "pictures").mkdir()
    with (tmp_path / "hall.mov").open("wb") as film:
        film.truncate(services.MOST_BYTES + 1)
    assert len(services.read_folder(tmp_path)[1]) == 0


def test_a_name_too_long_for_a_disk_is_refused_in_words(tmp_path):
    with pytest.raises(Refused, match="cannot be read|There is no folder"):
        services.read_folder(tmp_path / ("x" * 5000))
