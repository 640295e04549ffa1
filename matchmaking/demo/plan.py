"""The site: four halls, where each zone lies in them and how its stands are laid out. Metres."""

from dataclasses import dataclass

from matchmaking.demo.texts import Texts, texts


@dataclass(frozen=True)
class Band:
    """Islands side by side at height `y`, each of `across` × `rows` stands, `gap` metres apart.

    `kind` is "shell" (3 × 3 m), "raw" (6 × 6 m) or "wall" (3 × 3 m in one row, backs to the north wall).
    """

    y: int
    kind: str
    across: int
    gap: int
    rows: int = 2


@dataclass(frozen=True)
class Area:
    """The part of a hall that a zone has, from `x0` to `x1` east of its west wall, and its gross floor."""

    zone: str
    x0: int
    x1: int
    gross_m2: int
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Hall:
    """A hall, its doors as (name, x, y), and the spacing of its round of structural columns."""

    code: str
    name: Texts
    width: int
    depth: int
    site: tuple[int, int]
    doors: tuple[tuple[str, int, int], ...]
    column_x: tuple[float, ...]
    column_y: tuple[float, ...]
    areas: tuple[Area, ...]


def _shell(across: int, gap: int, *ys: int) -> tuple[Band, ...]:
    return tuple(Band(y, "shell", across, gap) for y in ys)


HALLS = (
    Hall(
        "H1",
        texts("Hall 1 · Silk Road|1号馆 · 丝路馆|Зал 1 · «Шёлковый путь»|ہال ۱ · شاہراہ ریشم"),
        120,
        100,
        (0, 0),
        (("S1", 40, 100), ("S2", 80, 100), ("W1", 0, 64), ("E1", 120, 64)),
        (23.1, 60, 96.9),
        (19.5, 48, 82.9),
        (
            Area(
                "NAT",
                6,
                114,
                12_000,
                (
                    Band(0, "wall", 10, 4, rows=1),
                    *_shell(6, 4, 9, 36),
                    Band(19, "raw", 3, 6),
                    Band(47, "raw", 2, 20),
                    *_shell(11, 5, 67),
                    *_shell(16, 8, 77, 87),
                ),
            ),
        ),
    ),
    Hall(
        "H2",
        texts("Hall 2 · Jiaozhou Bay|2号馆 · 胶州湾馆|Зал 2 · «Залив Цзяочжоу»|ہال ۲ · خلیج جیاؤژو"),
        110,
        100,
        (150, 0),
        (("S3", 55, 100), ("N1", 55, 0), ("W2", 0, 52)),
        (27.4, 55, 82.6),
        (25, 49.4, 76.2),
        (
            Area(
                "SDA",
                4,
                52,
                5_500,
                (Band(8, "raw", 3, 6), *_shell(7, 4, 26, 36, 47, 57, 68, 78, 88)),
            ),
            Area(
                "INT",
                58,
                106,
                5_500,
                (Band(0, "wall", 7, 4, rows=1), *_shell(7, 4, 8, 18, 28, 39, 49, 59, 69, 79, 89)),
            ),
        ),
    ),
    Hall(
        "H3",
        texts("Hall 3 · Horizon|3号馆 · 地平线馆|Зал 3 · «Горизонт»|ہال ۳ · افق"),
        110,
        100,
        (0, 140),
        (("N2", 36, 0), ("N3", 73, 0), ("S4", 55, 100)),
        (30.6, 55, 79.4),
        (36.2, 70.6),
        (
            Area(
                "INT",
                6,
                104,
                11_000,
                (
                    Band(6, "shell", 10, 4),
                    Band(17, "raw", 2, 6),
                    *_shell(10, 4, 34, 44, 54, 64, 74),
                ),
            ),
        ),
    ),
    Hall(
        "H4",
        texts("Hall 4 · Industry|4号馆 · 产业馆|Зал 4 · «Индустрия»|ہال ۴ · صنعت"),
        100,
        100,
        (150, 140),
        (("N4", 50, 0), ("W3", 0, 50), ("E2", 100, 50)),
        (25.7, 50, 74.3),
        (22.5, 44.5, 78),
        (
            Area(
                "IND",
                6,
                94,
                10_000,
                (
                    Band(7, "raw", 3, 6),
                    *_shell(8, 4, 25, 35, 53, 63),
                    *_shell(14, 4, 73),
                    Band(84, "raw", 3, 6),
                ),
            ),
        ),
    ),
)

ZONES = {
    "NAT": (
        1,
        texts("SCO national images|上合国家形象|Национальные экспозиции ШОС|ایس سی او قومی تشخص"),
        texts(
            "National pavilions and image stands of the region.|区域各国国家馆与形象展位。"
            "|Национальные павильоны и имиджевые стенды стран региона."
            "|خطے کے ممالک کے قومی پویلین اور نمائشی اسٹال۔"
        ),
    ),
    "SDA": (
        2,
        texts(
            "SCODA achievements|上合示范区成果|Достижения зоны ШОС в Циндао|ایس سی او مظاہرہ زون کی کامیابیاں"
        ),
        texts(
            "What the demonstration area and its firms have built.|展示示范区及区内企业的建设成果。"
            "|Что построили демонстрационная зона и её предприятия."
            "|مظاہرہ زون اور اس کے اداروں نے کیا تعمیر کیا۔"
        ),
    ),
    "INT": (
        3,
        texts("International cooperation|国际合作|Международное сотрудничество|بین الاقوامی تعاون"),
        texts(
            "Firms from everywhere that trade across borders.|来自世界各地的跨境贸易企业。"
            "|Компании со всего мира, торгующие через границы."
            "|دنیا بھر کے ادارے جو سرحد پار تجارت کرتے ہیں۔"
        ),
    ),
    "IND": (
        4,
        texts("SCO high-quality industries|上合优势产业|Передовые отрасли ШОС|ایس سی او اعلیٰ صنعتیں"),
        texts(
            "Machines, energy, metals and medicine of the region.|区域机械、能源、金属与医药产业。"
            "|Машины, энергетика, металлы и медицина региона."
            "|خطے کی مشینری، توانائی، دھاتیں اور ادویات۔"
        ),
    ),
}
INDUSTRY = ("machinery", "electronics", "energy", "metals", "materials", "medicine", "transport")
