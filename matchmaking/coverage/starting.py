"""Chains to begin with, cut from the chapters of the Harmonised System; an organiser changes them freely.

Codes follow the chapter titles of the nomenclature; which stage comes before which is our own arrangement.
"""

from matchmaking.coverage.chains import Chain, Stage

LANGUAGES = ("en", "zh", "ru", "ur")


def _names(text: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, text.split("|"), strict=True))


def _chain(code: str, name: str, *stages: tuple[str, str]) -> Chain:
    return Chain(
        code, _names(name), tuple(Stage(_names(names), tuple(codes.split())) for names, codes in stages)
    )


STARTING = (
    _chain(
        "food",
        "Food|食品|Продовольствие|خوراک",
        ("Farm inputs|农业投入品|Для сельского хозяйства|زرعی سامان", "12 31 3808 8432 8433"),
        ("Farm products|农产品|Сырьё|زرعی پیداوار", "01 02 03 04 07 08 09 10"),
        ("Processing|食品加工|Переработка|پراسیسنگ", "11 15 16 17 18 19 20 21 22"),
        ("Packing|包装|Упаковка|پیکنگ", "3923 4819 7010"),
    ),
    _chain(
        "metals",
        "Metals and machines|金属与机械|Металлы и машины|دھاتیں اور مشینیں",
        ("Ores and fuels|矿石与燃料|Руды и топливо|کچ دھات اور ایندھن", "25 26 27"),
        ("Metals|金属|Металлы|دھاتیں", "72 74 75 76 78 79 80 81"),
        ("Parts and tools|零件与工具|Детали и инструмент|پرزے اور اوزار", "73 82 83"),
        ("Machines|机械设备|Машины|مشینیں", "84 85"),
    ),
    _chain(
        "vehicles",
        "Vehicles|车辆|Транспорт|گاڑیاں",
        ("Materials|材料|Материалы|خام مال", "40 7208 7606"),
        ("Parts|零部件|Узлы и детали|پرزے", "8407 8409 8507 8708"),
        ("Finished vehicles|整车|Готовые машины|تیار گاڑیاں", "86 8701 8702 8703 8704"),
    ),
    _chain(
        "textiles",
        "Textiles|纺织|Текстиль|ٹیکسٹائل",
        ("Fibres|纤维|Волокна|ریشے", "50 51 52 53 54 55"),
        ("Fabrics|面料|Ткани|کپڑا", "56 57 58 59 60"),
        ("Clothing|服装|Одежда|ملبوسات", "61 62 63"),
    ),
    _chain(
        "medicine",
        "Medicine|医药|Медицина|طب",
        ("Chemicals|化学原料|Химическое сырьё|کیمیکل", "28 29"),
        ("Medicines|药品|Лекарства|ادویات", "30"),
        ("Medical devices|医疗器械|Медицинская техника|طبی آلات", "9018 9019 9021 9022"),
    ),
)
