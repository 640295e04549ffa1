"""What the pages and the phone say, in one place."""

from expo.words import Sentence, say

REFUSALS: dict[str, Sentence] = {
    "unreadable": say("This code is none of our badges."),
    "tampered": say("This badge is not genuine: its signature is wrong."),
    "foreign": say("This badge belongs to another event."),
    "retired": say("This badge is of a series that was withdrawn. Send the visitor to the desk."),
    "revoked": say("This badge was replaced or withdrawn. Ask for the new one."),
    "unknown": say("Nobody has a badge with this number."),
    "letters": say("Type the number and at least three letters with which the name on the badge begins."),
    "mismatch": say("Number and name do not belong together. Look at the badge again."),
    "own": say("That is one of your own people."),
    "state": say("This person is not registered any more. Send them to the desk."),
    "early": say("This scan is dated long before the event. Check the clock of the phone."),
}
CONSENTS: dict[str, Sentence] = {
    "yes": say("Contact handed over"),
    "withdrawn": say("Contact withdrawn"),
    "no": say("No contact"),
}
CONSENT_TONES = {"yes": "good", "withdrawn": "wait", "no": "off"}

QUESTIONS: tuple[tuple[dict[str, str], tuple[dict[str, str], ...]], ...] = (
    (
        {"en": "Role", "zh": "角色", "ru": "Роль", "ur": "کردار"},
        (
            {"en": "Decides", "zh": "决策者", "ru": "Решает", "ur": "فیصلہ کرتے ہیں"},
            {"en": "Advises", "zh": "建议者", "ru": "Советует", "ur": "مشورہ دیتے ہیں"},
            {"en": "Uses", "zh": "使用者", "ru": "Пользуется", "ur": "استعمال کرتے ہیں"},
            {"en": "Looks around", "zh": "了解情况", "ru": "Знакомится", "ur": "جائزہ لے رہے ہیں"},
        ),
    ),
    (
        {"en": "When", "zh": "时间", "ru": "Когда", "ur": "کب"},
        (
            {"en": "Now", "zh": "现在", "ru": "Сейчас", "ur": "ابھی"},
            {"en": "In 3 months", "zh": "三个月内", "ru": "За 3 месяца", "ur": "تین ماہ میں"},
            {"en": "This year", "zh": "一年内", "ru": "В этом году", "ur": "اس سال"},
            {"en": "Later", "zh": "更晚", "ru": "Позже", "ur": "بعد میں"},
        ),
    ),
    (
        {"en": "Budget", "zh": "预算", "ru": "Бюджет", "ur": "بجٹ"},
        (
            {"en": "Approved", "zh": "已批准", "ru": "Утверждён", "ur": "منظور شدہ"},
            {"en": "Planned", "zh": "计划中", "ru": "Запланирован", "ur": "طے شدہ"},
            {"en": "None yet", "zh": "尚无", "ru": "Пока нет", "ur": "ابھی نہیں"},
        ),
    ),
)
"""What stands ask where the organiser has not said otherwise: three taps."""
