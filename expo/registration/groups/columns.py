"""The columns of a group's spreadsheet: their heads in the languages of the house, and other spellings."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from expo.languages import LANGUAGES


@dataclass(frozen=True)
class Column:
    """A column: its head in each language, an example, and what people write for it elsewhere."""

    key: str
    heads: dict[str, str]
    example: dict[str, str]
    others: tuple[str, ...] = ()
    for_staff: bool = True


def _heads(en: str, zh: str, ru: str, ur: str) -> dict[str, str]:
    return {"en": en, "zh": zh, "ru": ru, "ur": ur}


COLUMNS = (
    Column(
        "name_en",
        _heads("Name in Latin letters", "拉丁字母姓名", "Имя латиницей", "لاطینی حروف میں نام"),
        {"": "Li Ming"},
        ("name", "full name", "name (en)", "name_en", "passport name", "name as in passport"),
    ),
    Column(
        "family",
        _heads("Family name", "姓", "Фамилия", "خاندانی نام"),
        {"": ""},
        ("surname", "last name", "lastname", "family_name"),
    ),
    Column(
        "given",
        _heads("Given names", "名", "Имя и отчество", "دیا گیا نام"),
        {"": ""},
        ("given name", "first name", "firstname", "forename", "имя", "given_name"),
    ),
    Column(
        "name_zh",
        _heads("Name in Chinese", "中文姓名", "Имя по-китайски", "چینی میں نام"),
        {"": "李明"},
        ("姓名", "name_zh", "chinese name"),
    ),
    Column(
        "name_ru",
        _heads("Name in Cyrillic", "西里尔字母姓名", "Имя кириллицей", "سیریلک میں نام"),
        {"": ""},
        ("фио", "ф. и. о.", "фамилия и имя", "name_ru"),
    ),
    Column(
        "name_ur",
        _heads("Name in Urdu", "乌尔都文姓名", "Имя на урду", "اردو میں نام"),
        {"": ""},
        ("نام", "name_ur"),
    ),
    Column(
        "organisation",
        _heads("Organisation", "单位", "Организация", "ادارہ"),
        {"": "Silk Road Tea Ltd"},
        ("company", "organization", "公司", "компания", "کمپنی"),
        for_staff=False,
    ),
    Column(
        "position",
        _heads("Position", "职务", "Должность", "عہدہ"),
        {"": "Buyer", "zh": "采购经理"},
        ("job title", "title", "职位"),
    ),
    Column(
        "country",
        _heads("Country", "国家", "Страна", "ملک"),
        {"": "CN", "zh": "中国"},
        ("country code", "nationality", "国籍"),
    ),
    Column(
        "email",
        _heads("E-mail", "电子邮箱", "Эл. почта", "ای میل"),
        {"": "li.ming@example.org"},
        ("email", "mail", "e-mail address", "email address", "邮箱", "почта", "e-mail", "электронная почта"),
    ),
    Column(
        "language",
        _heads("Language", "语言", "Язык", "زبان"),
        {"": "en", "zh": "zh", "ru": "ru", "ur": "ur"},
        ("language code",),
    ),
    Column(
        "sort",
        _heads("Sort of registration", "注册类别", "Вид регистрации", "رجسٹریشن کی قسم"),
        {"": ""},
        ("ticket", "kind", "type", "category", "类别", "вид", "قسم"),
        for_staff=False,
    ),
)
MOST_LETTERS = 200


def folded(text: str) -> str:
    """A head or a name as it is compared: without case, signs and spaces at its ends."""
    return re.sub(r"[\s_*]+", " ", normalize("NFKC", text)[:MOST_LETTERS].casefold()).strip(" :.")


BY_HEAD = {
    folded(head): column.key
    for column in COLUMNS
    for head in (column.key, *column.others, *column.heads.values())
}


def template_rows(language: str, *, staff: bool) -> list[list[str]]:
    """The head of a template in a language, and one row that shows what goes where."""
    language = language if language in LANGUAGES else "en"
    columns = [column for column in COLUMNS if column.for_staff or not staff]
    heads = [column.heads[language] for column in columns]
    return [heads, [column.example.get(language, column.example[""]) for column in columns]]
