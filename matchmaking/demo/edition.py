"""The edition's own settings, as edition.toml holds them."""

from datetime import date

from matchmaking.demo.rates import HOME, ON_DATE, RATES, SOURCE
from matchmaking.demo.texts import texts

CODE = "qingdao-2023"
MEETING_DAYS = (date(2023, 6, 16), date(2023, 6, 17), date(2023, 6, 18))
TABLES = 110

_WORDS = {
    "name": texts(
        "SCO Industrial & Supply Chains Forum and International Investment and Trade Expo 2023"
        "|2023上海合作组织产业链供应链论坛暨国际投资贸易博览会"
        "|Форум ШОС по промышленным цепочкам и цепочкам поставок"
        " и Международная торгово-инвестиционная выставка 2023"
        "|شنگھائی تعاون تنظیم صنعتی و سپلائی چین فورم اور بین الاقوامی سرمایہ کاری و تجارتی نمائش ۲۰۲۳"
    ),
    "theme": texts(
        "Synergy and Win-Win: Chaining up for a New Future of Regional Economic Cooperation"
        "|协同共赢 链接区域经济合作新未来"
        "|Синергия и взаимная выгода: вместе к новому будущему регионального экономического сотрудничества"
        "|ہم آہنگی اور باہمی فائدہ: علاقائی اقتصادی تعاون کے نئے مستقبل کی کڑیاں"
    ),
    "description": texts(
        "Reference edition with invented firms and people: four zones, one opening ceremony and six forums."
        "|示范数据：企业与人物均为虚构，含四大展区、一场开幕式和六场论坛。"
        "|Эталонные данные с вымышленными компаниями и людьми:"
        " четыре зоны, церемония открытия и шесть форумов."
        "|نمونے کا ایڈیشن، فرضی اداروں اور افراد کے ساتھ: چار زون، ایک افتتاحی تقریب اور چھ فورم۔"
    ),
    "city": texts("Qingdao|青岛|Циндао|چنگ ڈاؤ"),
    "venue_name": texts(
        "Jiaozhou Bay Expo Site|胶州湾会展中心|Выставочный центр «Залив Цзяочжоу»|خلیج جیاؤژو نمائش گاہ"
    ),
}
_MEMBERS = {
    "SCO": (
        *((code, date(2001, 6, 15), None) for code in ("CN", "KZ", "KG", "RU", "TJ", "UZ")),
        ("IN", date(2017, 6, 9), None),
        ("PK", date(2017, 6, 9), None),
        ("IR", date(2023, 7, 4), None),
        ("BY", date(2024, 7, 4), None),
    ),
    "SCO-OBSERVER": (
        ("MN", date(2004, 6, 17), None),
        ("IR", date(2005, 7, 5), date(2023, 7, 3)),
        ("AF", date(2012, 6, 7), None),
        ("BY", date(2015, 7, 10), date(2024, 7, 3)),
    ),
    "SCO-PARTNER": (
        ("LK", date(2010, 5, 6), None),
        ("TR", date(2013, 4, 26), None),
        ("KH", date(2015, 9, 24), None),
        ("AZ", date(2016, 3, 14), None),
        ("NP", date(2016, 3, 22), None),
        ("AM", date(2016, 4, 16), None),
        ("EG", date(2022, 9, 14), None),
        ("QA", date(2022, 9, 14), None),
        ("SA", date(2023, 3, 29), None),
        *((code, date(2023, 5, 5), None) for code in ("AE", "KW", "MM", "MV")),
        ("BH", date(2023, 7, 15), None),
    ),
}


def settings(seed: int, gross_m2: int) -> dict[str, object]:
    """edition.toml as nested values; tables after plain values, as TOML wants them."""
    lunch, midday = [["12:00", "13:30"]], [["12:10", "13:40"]]
    hours = {"programme_from": "09:00", "programme_until": "18:00", "breaks": lunch}
    return {
        "code": CODE,
        "country": "CN",
        "timezone": "Asia/Shanghai",
        "currency": HOME,
        "languages": ["zh", "ru", "en", "ur"],
        "starts_on": date(2023, 6, 15),
        "ends_on": date(2023, 6, 18),
        "gross_m2": gross_m2,
        "seed": seed,
        "seed_note": f"{seed}: made known together with the call for exhibitors",
        "is_public": True,
        **_WORDS,
        "meetings": {
            "days": list(MEETING_DAYS),
            "start": "09:30",
            "end": "17:00",
            "slot_minutes": 20,
            "breaks": midday,
            "tables": TABLES,
            "morning_until": "12:10",
        },
        "prices": {
            "shell_m2": "1200.00",
            "raw_m2": "1000.00",
            "corner_percent": "10",
            "island_percent": "20",
            "power_kw": "180.00",
            "tax_percent": "6",
        },
        "points_rule": {
            "years": "3",
            "area": "0.08",
            "spend": "0.02",
            "sponsorship": "10",
            "violations": "-2",
            "years_cap": "15",
            "violations_years": "3",
            "tier_gold": "20",
            "tier_gold_name": "Gold sponsor",
            "tier_silver": "10",
            "tier_silver_name": "Silver sponsor",
            "violation_late-build": "-4",
            "violation_late-build_name": "Built up after the last hour",
            "own_green": "2",
            "own_green_name": "Reusable stand",
            "own_green_cap": "4",
        },
        "days": [
            {"date": date(2023, 6, 15), **hours},
            {"date": date(2023, 6, 16), **hours},
            {"date": date(2023, 6, 17), "breaks": []},
            {"date": date(2023, 6, 18), "breaks": []},
        ],
        "rates": [
            {
                "currency": currency,
                "on_date": date.fromisoformat(ON_DATE),
                "rate": str(rate),
                "source": SOURCE,
            }
            for currency, rate in RATES.items()
            if currency != HOME
        ],
        "country_groups": [
            {"code": group, "country": country, "since": since} | ({"until": until} if until else {})
            for group, members in _MEMBERS.items()
            for country, since, until in members
        ],
    }
