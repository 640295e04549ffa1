"""What the reference edition's public registers for and is asked, in four languages."""

from typing import Any

Texts = dict[str, str]

WELCOME: Texts = {
    "en": "Entry is free for everybody who registers. Trade buyers meet exhibitors one to one.",
    "zh": "登记后即可免费入场。专业买家可与参展商进行一对一洽谈。",
    "ru": "Вход свободный для всех, кто зарегистрировался. Закупщики встречаются с экспонентами лично.",
    "ur": "رجسٹر کرنے والے ہر شخص کے لیے داخلہ مفت ہے۔ تجارتی خریدار نمائش کنندگان سے الگ ملاقات کرتے ہیں۔",
}
SORTS: tuple[dict[str, Any], ...] = (
    {
        "kind": "visitor", "places": 1200,
        "name": {"en": "Visitor", "zh": "观众", "ru": "Посетитель", "ur": "زائر"},
        "text": {
            "en": "All halls on all days, and the forums while there are seats.",
            "zh": "全部展馆、全部日期；论坛有座位时可入场。",
            "ru": "Все залы во все дни, форумы — пока есть места.",
            "ur": "تمام دن تمام ہال، اور نشستیں ہونے تک فورم۔",
        },
    },
    {
        "kind": "buyer", "places": 700, "needs_approval": True,
        "name": {"en": "Trade buyer", "zh": "专业买家", "ru": "Закупщик", "ur": "تجارتی خریدار"},
        "text": {
            "en": "With meetings by appointment. We look at each registration.",
            "zh": "含预约洽谈。每份登记均需审核。",
            "ru": "Со встречами по расписанию. Каждую регистрацию мы рассматриваем.",
            "ur": "طے شدہ ملاقاتوں کے ساتھ۔ ہم ہر اندراج کو دیکھتے ہیں۔",
        },
    },
    {
        "kind": "press", "places": 80, "invitation_only": True,
        "name": {"en": "Press", "zh": "媒体", "ru": "Пресса", "ur": "صحافی"},
        "text": {
            "en": "With the code of your invitation.", "zh": "凭邀请码登记。",
            "ru": "По коду приглашения.", "ur": "دعوت کے کوڈ کے ساتھ۔",
        },
    },
)  # fmt: skip
TOGETHER, ALL_PLACES = "Gates together", 1900
INTERESTS: tuple[Texts, ...] = (
    {
        "en": "Food and farm products",
        "zh": "食品与农产品",
        "ru": "Продукты питания",
        "ur": "خوراک اور زرعی اشیا",
    },
    {"en": "Energy", "zh": "能源", "ru": "Энергетика", "ur": "توانائی"},
    {"en": "Logistics", "zh": "物流", "ru": "Логистика", "ur": "رسد"},
    {"en": "Something else", "zh": "其他", "ru": "Другое", "ur": "کچھ اور"},
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "choices", "is_required": True, "on_list": True, "options": INTERESTS,
        "text": {
            "en": "What do you come for?", "zh": "您关注哪些领域？",
            "ru": "Что вас интересует?", "ur": "آپ کس لیے آ رہے ہیں؟",
        },
    },
    {
        "kind": "text", "is_required": True, "after": ("what_do_you_come_for", "something-else"),
        "text": {"en": "What else?", "zh": "请说明", "ru": "Что именно?", "ur": "کیا؟"},
    },
    {
        "kind": "yesno",
        "text": {
            "en": "Do you need a visa?", "zh": "您需要签证吗？",
            "ru": "Нужна ли вам виза?", "ur": "کیا آپ کو ویزا چاہیے؟",
        },
    },
    {
        "kind": "country", "after": ("do_you_need_a_visa", "yes"),
        "text": {
            "en": "Where will you apply?", "zh": "您将在哪国申请？",
            "ru": "Где вы её получаете?", "ur": "آپ کہاں درخواست دیں گے؟",
        },
    },
)  # fmt: skip
PRESS_CODE = "PRESS-2023"
