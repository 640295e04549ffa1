"""The sorts of registration that most editions begin with; the organiser goes on from there."""

from typing import Any

USUAL: dict[str, Any] = {
    "text": {}, "opens_at": None, "closes_at": None, "places": None, "needs_approval": False,
    "invitation_only": False, "one_per_email": True, "keeps_list": True, "is_offered": True,
}  # fmt: skip
"""What is not said of a sort: for everybody, without a limit."""

START: tuple[dict[str, Any], ...] = (
    {
        "kind": "visitor",
        "name": {"en": "Visitor", "zh": "观众", "ru": "Посетитель", "ur": "زائر"},
    },
    {
        "kind": "buyer", "needs_approval": True,
        "name": {"en": "Trade buyer", "zh": "专业买家", "ru": "Закупщик", "ur": "تجارتی خریدار"},
    },
    {
        "kind": "press", "needs_approval": True,
        "name": {"en": "Press", "zh": "媒体", "ru": "Пресса", "ur": "صحافی"},
    },
    {
        "kind": "vip", "invitation_only": True,
        "name": {"en": "Guest of honour", "zh": "贵宾", "ru": "Почётный гость", "ur": "مہمانِ خصوصی"},
    },
)  # fmt: skip
