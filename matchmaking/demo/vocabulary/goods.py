"""Goods by sector, and the grades and makes in which each comes."""

from dataclasses import dataclass
from decimal import Decimal

from matchmaking.demo.texts import Texts, lines, many, texts
from matchmaking.demo.vocabulary import goods_harvest, goods_home, goods_industry, goods_matter


@dataclass(frozen=True)
class Good:
    """One HS subheading a sector trades in; `usd` is the middle price of a `unit`."""

    sector: str
    hs: str
    unit: str
    usd: Decimal
    name: Texts


_TABLES = {
    "food": goods_harvest.FOOD,
    "farm": goods_harvest.FARM,
    "crafts": goods_home.CRAFTS,
    "textiles": goods_home.TEXTILES,
    "consumer": goods_home.CONSUMER,
    "medicine": goods_matter.MEDICINE,
    "machinery": goods_industry.MACHINERY,
    "electronics": goods_industry.ELECTRONICS,
    "energy": goods_industry.ENERGY,
    "metals": goods_matter.METALS,
    "materials": goods_matter.MATERIALS,
    "transport": goods_industry.TRANSPORT,
}


def _goods() -> dict[str, tuple[Good, ...]]:
    found = {}
    for sector, table in _TABLES.items():
        rows = [line.split("|", 3) for line in lines(table)]
        found[sector] = tuple(
            Good(sector, hs, unit, Decimal(usd), texts(name)) for hs, unit, usd, name in rows
        )
    return found


GOODS = _goods()
SECTORS = tuple(GOODS)

_EDIBLE = (
    many("""
premium grade|特级|высший сорт|اعلیٰ درجہ
first grade|一级|первый сорт|پہلا درجہ
organic farming|有机种植|органическое производство|نامیاتی کاشت
mountain origin|高山产区|горное происхождение|پہاڑی علاقہ
small batch|小批量|малая партия|محدود مقدار
2023 selection|2023年精选|отбор 2023 года|انتخاب ۲۰۲۳
family recipe|家传配方|семейный рецепт|خاندانی نسخہ
export quality|出口品质|экспортное качество|برآمدی معیار
"""),
    many("""
250 g pack|250克装|упаковка 250 г|۲۵۰ گرام پیک
500 g pack|500克装|упаковка 500 г|۵۰۰ گرام پیک
1 kg pack|1公斤装|упаковка 1 кг|۱ کلو پیک
5 kg box|5公斤箱装|коробка 5 кг|۵ کلو ڈبہ
25 kg bag|25公斤袋装|мешок 25 кг|۲۵ کلو بوری
gift box|礼盒装|подарочная коробка|تحفہ ڈبہ
bulk|散装|навалом|کھلا مال
retail tray|零售托盘装|розничный лоток|ریٹیل ٹرے
"""),
)
_MADE = (
    many("""
classic line|经典系列|классическая серия|کلاسک سلسلہ
premium line|高端系列|премиум-серия|پریمیم سلسلہ
handmade|手工制作|ручная работа|دستکاری
heritage pattern|传统纹样|традиционный узор|روایتی نقش
city collection|都市系列|городская коллекция|شہری مجموعہ
travel collection|旅行系列|дорожная коллекция|سفری مجموعہ
children's line|儿童系列|детская серия|بچوں کا سلسلہ
eco line|环保系列|экосерия|ماحول دوست سلسلہ
"""),
    many("""
small|小号|малый размер|چھوٹا
medium|中号|средний размер|درمیانہ
large|大号|большой размер|بڑا
gift set|礼品套装|подарочный набор|تحفہ سیٹ
natural colour|本色|натуральный цвет|قدرتی رنگ
deep blue|深蓝色|тёмно-синий цвет|گہرا نیلا
ruby red|宝石红|рубиновый цвет|یاقوتی سرخ
wholesale pack|批发装|оптовая упаковка|تھوک پیک
"""),
)
_TECHNICAL = (
    many("""
series A|A系列|серия A|سیریز A
series B|B系列|серия B|سیریز B
series C|C系列|серия C|سیریز C
series M|M系列|серия M|سیریز M
series X|X系列|серия X|سیریز X
cold climate version|耐寒型|северное исполнение|سرد علاقوں کے لیے
hot climate version|耐热型|тропическое исполнение|گرم علاقوں کے لیے
energy-saving version|节能型|энергосберегающее исполнение|توانائی بچت قسم
"""),
    many("""
basic equipment|基本配置|базовая комплектация|بنیادی ساخت
full equipment|完整配置|полная комплектация|مکمل ساخت
light duty|轻型|лёгкий режим|ہلکا کام
heavy duty|重型|тяжёлый режим|بھاری کام
with remote monitoring|带远程监控|с удалённым контролем|دور نگرانی کے ساتھ
with two-year service|含两年服务|с обслуживанием два года|دو سالہ خدمت کے ساتھ
export version|出口型|экспортный вариант|برآمدی قسم
mobile version|移动型|передвижной вариант|متحرک قسم
"""),
)
_GRADED = (
    many("""
grade 1|1级|марка 1|گریڈ ۱
grade 2|2级|марка 2|گریڈ ۲
grade 3|3级|марка 3|گریڈ ۳
high purity|高纯度|высокая чистота|اعلیٰ خالص
low moisture|低水分|низкая влажность|کم نمی
standard quality|标准品质|стандартное качество|معیاری
certified batch|认证批次|сертифицированная партия|تصدیق شدہ کھیپ
recycled content|含再生料|с вторичным сырьём|ری سائیکل شدہ
"""),
    many("""
big bags|吨袋装|биг-бэги|بڑے تھیلے
in containers|集装箱装|в контейнерах|کنٹینر میں
on pallets|托盘装|на поддонах|پیلیٹ پر
by wagon|整车皮|вагонные поставки|ویگن کے ذریعے
trial lot|试订批量|пробная партия|آزمائشی کھیپ
monthly supply|按月供应|ежемесячные поставки|ماہانہ فراہمی
annual contract|年度合同|годовой контракт|سالانہ معاہدہ
spot lot|现货|спотовая партия|فوری کھیپ
"""),
)
_PHARMA = (
    many("""
hospital supply|医院供应|для стационаров|ہسپتالی فراہمی
pharmacy supply|药店供应|для аптек|دوا خانوں کے لیے
children's form|儿童剂型|детская форма|بچوں کے لیے
adult form|成人剂型|взрослая форма|بالغوں کے لیے
long shelf life|长效期|долгий срок хранения|طویل میعاد
cold chain|冷链|холодовая цепь|کولڈ چین
public tender lot|公立采购批次|партия для госзакупок|سرکاری خریداری
first-aid version|急救型|для первой помощи|ابتدائی طبی امداد
"""),
    many("""
pack of 10|10件装|упаковка 10 шт.|۱۰ عدد پیک
pack of 20|20件装|упаковка 20 шт.|۲۰ عدد پیک
pack of 50|50件装|упаковка 50 шт.|۵۰ عدد پیک
pack of 100|100件装|упаковка 100 шт.|۱۰۰ عدد پیک
single use|一次性|одноразовое применение|یک بار استعمال
clinic carton|诊所箱装|коробка для клиник|کلینک کارٹن
export carton|出口箱装|экспортная коробка|برآمدی کارٹن
trial pack|试用装|пробная упаковка|آزمائشی پیک
"""),
)


def varieties(good: Good) -> tuple[list[Texts], list[Texts]]:
    """The grades and makes a good comes in: by its unit, its HS chapter and its sector."""
    chapter = int(good.hs[:2])
    if chapter == 30:
        return _PHARMA
    if good.unit in ("t", "m3") or chapter in (13, 29, 40, 51, 52, 73) and good.sector not in ("textiles",):
        return _GRADED
    if chapter >= 84 and chapter != 94 and good.sector not in ("crafts", "textiles"):
        return _TECHNICAL
    return _EDIBLE if chapter <= 23 else _MADE


NAMED = {
    "en": "{good}, {grade}, {make}",
    "zh": "{good}（{grade}，{make}）",
    "ru": "{good}, {grade}, {make}",
    "ur": "{good}، {grade}، {make}",
}
CERTIFICATES = {
    "food": ("HALAL", "ISO22000", "HACCP"),
    "farm": ("PHYTO", "HALAL", "ISO22000"),
    "medicine": ("GMP", "ISO13485"),
    "machinery": ("EAC", "ISO9001", "CCC"),
    "electronics": ("CCC", "EAC", "ISO9001"),
    "energy": ("EAC", "ISO9001"),
    "transport": ("EAC", "ISO9001", "CCC"),
    "metals": ("ISO9001",),
    "materials": ("ISO9001", "ISO14001"),
    "consumer": ("CCC", "EAC"),
    "textiles": ("OEKO-TEX",),
    "crafts": (),
}
