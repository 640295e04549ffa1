"""What the organiser sells besides floor: terms of the price list and services. Prices in yuan."""

from decimal import Decimal
from typing import Any

from matchmaking.demo.texts import Texts, many, texts

TERMS: dict[str, Any] = {
    "zones": {"NAT": {"shell_m2": "1300.00", "raw_m2": "1100.00"}},
    "peninsula_percent": Decimal(15),
    "newcomer_percent": Decimal(5),
    "pavilion_percent": Decimal(8),
    "due_days": 14,
    "seller_name": "Jiaozhou Bay Expo Company, Ltd.",
    "seller_address": "1 Caravan Road, Jiaozhou, Qingdao, China",
    "seller_tax_number": "91370200-DEMO-0001",
    "seller_register": "Qingdao register, no. 0001 (invented)",
    "bank_name": "Bank of the Demonstration",
    "bank_account": "6200 0000 0000 0001",
    "bank_code": "DEMOCNBQ",
    "invoice_note": texts(
        "Invented firms, invented sums: this is a demonstration.|演示数据：企业与金额均为虚构。"
        "|Компании и суммы вымышлены: это демонстрация.|ادارے اور رقمیں فرضی ہیں: یہ نمونہ ہے۔"
    ),
}
_NAMES = many(
    """
    Power connection, 24 hours|24小时供电|Круглосуточное электропитание|چوبیس گھنٹے بجلی
    Water and drain|给排水接口|Подвод воды и слив|پانی اور نکاسی
    Network, 100 Mbit/s|网络，100 Mbit/s|Интернет, 100 Мбит/с|نیٹ ورک، 100 Mbit/s
    Counter with lock|带锁接待台|Стойка с замком|تالے والا کاؤنٹر
    Table with four chairs|一桌四椅|Стол и четыре стула|چار کرسیوں والی میز
    Screen, 55 inches|55寸显示屏|Экран, 55 дюймов|اسکرین، 55 انچ
    Shelf, three boards|三层货架|Стеллаж, три полки|تین تختوں کی شیلف
    Daily cleaning|每日保洁|Ежедневная уборка|روزانہ صفائی
    Hanging point, up to 50 kg|吊点，限重50公斤|Точка подвеса, до 50 кг|لٹکانے کا مقام، 50 کلوگرام تک
    Interpreter for a day|翻译（每日）|Переводчик на день|ایک دن کا مترجم
    Forklift with driver|叉车（含司机）|Погрузчик с водителем|ڈرائیور سمیت فورک لفٹ
    Check of a high build|超高搭建审图费|Проверка высокой застройки|اونچی تعمیر کی جانچ
    """
)
# code, category, unit, price, most for one stand, in stock, permit
_TERMS = (
    ("power-24h", "power", "kW", "240", None, None, ""),
    ("water", "water", "pcs", "1800", 4, 60, ""),
    ("network-100", "network", "pcs", "1500", 4, 200, ""),
    ("counter", "furniture", "pcs", "420", None, 300, ""),
    ("table-4", "furniture", "set", "380", None, 400, ""),
    ("screen-55", "furniture", "pcs", "1600", 12, 80, ""),
    ("shelf", "furniture", "pcs", "260", None, 500, ""),
    ("cleaning", "cleaning", "m²", "12", None, None, ""),
    ("hanging-50", "hanging", "pcs", "950", 24, 120, "hanging"),
    ("interpreter", "other", "day", "1200", 8, None, ""),
    ("forklift", "other", "h", "350", None, None, ""),
    ("permit-height", "permit", "pcs", "800", None, None, "height"),
)


def services() -> list[dict[str, Any]]:
    """The services as the catalogue keeps them; the tax is that of the floor."""
    return [_service(name, *terms) for name, terms in zip(_NAMES, _TERMS, strict=True)]


def _service(
    name: Texts,
    code: str,
    category: str,
    unit: str,
    price: str,
    most: int | None,
    stock: int | None,
    permit: str,
) -> dict[str, Any]:
    return {
        "code": code,
        "category": category,
        "name": name,
        "unit": unit,
        "price_minor": int(Decimal(price) * 100),
        "tax_bp": 600,
        "most": None if most is None else Decimal(most),
        "stock": None if stock is None else Decimal(stock),
        "permit": permit,
    }


def elevation(width_cm: int, height_cm: int) -> bytes:
    """The front of a build as a DXF drawing: its outline and its height in words."""
    corners = [(0, 0), (width_cm, 0), (width_cm, height_cm), (0, height_cm), (0, 0)]
    pairs: list[tuple[int, object]] = [(0, "SECTION"), (2, "ENTITIES")]
    for (x1, y1), (x2, y2) in zip(corners, corners[1:], strict=False):
        pairs += [(0, "LINE"), (8, "FRONT"), (10, x1), (20, y1), (11, x2), (21, y2)]
    pairs += [(0, "TEXT"), (8, "FRONT"), (10, 20), (20, 20), (40, 20), (1, f"{height_cm} cm")]
    pairs += [(0, "ENDSEC"), (0, "EOF")]
    return "".join(f"{code}\n{value}\n" for code, value in pairs).encode()
