"""What the lines of orders are called. A line keeps its text for good: content, not catalogue entries."""

TEXTS: dict[str, dict[str, str]] = {
    "shell": {
        "zh": "标准展位 {what}", "ru": "Оборудованный стенд {what}",
        "en": "Shell stand {what}", "ur": "تیار اسٹال {what}",
    },
    "raw": {
        "zh": "光地 {what}", "ru": "Необорудованная площадь {what}",
        "en": "Raw space {what}", "ur": "خالی جگہ {what}",
    },
    "corner": {
        "zh": "角位附加费 {what}%", "ru": "Надбавка за угловое место, {what} %",
        "en": "Corner surcharge, {what} %", "ur": "کونے کا اضافی چارج، {what} فیصد",
    },
    "peninsula": {
        "zh": "三面开口附加费 {what}%", "ru": "Надбавка за место, открытое с трёх сторон, {what} %",
        "en": "Peninsula surcharge, {what} %", "ur": "تین اطراف سے کھلی جگہ کا اضافی چارج، {what} فیصد",
    },
    "island": {
        "zh": "岛位附加费 {what}%", "ru": "Надбавка за островное место, {what} %",
        "en": "Island surcharge, {what} %", "ur": "چاروں طرف سے کھلی جگہ کا اضافی چارج، {what} فیصد",
    },
    "early": {
        "zh": "早订优惠 {what}%", "ru": "Скидка за ранний заказ, {what} %",
        "en": "Early order discount, {what} %", "ur": "جلد آرڈر کی رعایت، {what} فیصد",
    },
    "late": {
        "zh": "晚订附加费 {what}%", "ru": "Надбавка за поздний заказ, {what} %",
        "en": "Late order surcharge, {what} %", "ur": "دیر سے آرڈر کا اضافی چارج، {what} فیصد",
    },
    "newcomer": {
        "zh": "首次参展优惠 {what}%", "ru": "Скидка новому участнику, {what} %",
        "en": "Newcomer discount, {what} %", "ur": "نئے شریک کی رعایت، {what} فیصد",
    },
    "pavilion": {
        "zh": "国家馆优惠 {what}%", "ru": "Скидка участнику павильона, {what} %",
        "en": "Pavilion discount, {what} %", "ur": "پویلین کی رعایت، {what} فیصد",
    },
    "power": {
        "zh": "供电接入", "ru": "Подключение к электросети",
        "en": "Power connection", "ur": "بجلی کا کنکشن",
    },
    "late_service": {
        "zh": "{what}（逾期订购，+{percent}%）", "ru": "{what} (поздний заказ, +{percent} %)",
        "en": "{what} (ordered late, +{percent} %)", "ur": "{what} (دیر سے آرڈر، +{percent} فیصد)",
    },
}  # fmt: skip


def text_of(kind: str, what: str = "") -> dict[str, str]:
    """What a line of that kind is called, in every language."""
    return {language: text.format(what=what) for language, text in TEXTS[kind].items()}


def late_text(name: dict[str, str], percent: str) -> dict[str, str]:
    """A service that was ordered late."""
    patterns = TEXTS["late_service"]
    return {code: patterns[code].format(what=text, percent=percent) for code, text in name.items()}
