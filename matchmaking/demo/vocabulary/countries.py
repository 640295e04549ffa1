"""Where exhibitors and buyers come from: countries with currency, calling code, name style and cities."""

from dataclasses import dataclass

from matchmaking.demo.texts import Texts, lines, texts


@dataclass(frozen=True)
class Country:
    """A country or region: how many exhibit, how people (`style`) and firms (`form`) are named."""

    code: str
    exhibitors: int
    currency: str
    calling: str
    style: str
    form: str
    language: str
    cities: tuple[Texts, ...]


_FACTS = """
CN|90|CNY|86|han|Co., Ltd.|zh
RU|30|RUB|7|slavic|LLC|ru
KZ|22|KZT|7|steppe|LLP|ru
UZ|20|USD|998|steppe|LLC|ru
KG|14|USD|996|steppe|LLC|ru
TJ|10|USD|992|steppe|LLC|ru
PK|16|PKR|92|indus|(Pvt.) Ltd.|ur
IN|14|INR|91|ganges|Pvt. Ltd.|en
BY|10|USD|375|slavic|JSC|ru
IR|10|USD|98|persian|Co.|en
MN|6|USD|976|mongol|LLC|ru
AF|4|USD|93|persian|Ltd.|en
TR|8|TRY|90|turkish|A.Ş.|en
AZ|6|USD|994|steppe|LLC|ru
AM|4|USD|374|armenian|CJSC|ru
EG|7|USD|20|arab|S.A.E.|en
SA|3|USD|966|arab|Co.|en
AE|5|AED|971|arab|FZE|en
QA|2|USD|974|arab|W.L.L.|en
BH|1|USD|973|arab|W.L.L.|en
KW|1|USD|965|arab|W.L.L.|en
KH|4|USD|855|mekong|Co., Ltd.|en
NP|4|USD|977|ganges|Pvt. Ltd.|en
LK|4|USD|94|lanka|(Pvt) Ltd.|en
MM|3|USD|95|mekong|Co., Ltd.|en
MV|1|USD|960|lanka|Pvt. Ltd.|en
KR|5|KRW|82|korean|Co., Ltd.|en
JP|4|JPY|81|japanese|K.K.|en
DE|5|EUR|49|german|GmbH|en
FR|3|EUR|33|french|SARL|en
TH|4|USD|66|mekong|Co., Ltd.|en
MY|4|USD|60|malay|Sdn. Bhd.|en
VN|4|USD|84|mekong|Co., Ltd.|en
HK|2|USD|852|han|Limited|zh
"""

_CITIES = """
CN:Qingdao|青岛|Циндао|چنگ ڈاؤ;Jinan|济南|Цзинань|جینان;Yantai|烟台|Яньтай|یانتائی
CN:Weihai|威海|Вэйхай|ویہائی;Linyi|临沂|Линьи|لینیی;Urumqi|乌鲁木齐|Урумчи|ارمچی
CN:Xi'an|西安|Сиань|شیان;Chongqing|重庆|Чунцин|چونگ چنگ;Shanghai|上海|Шанхай|شنگھائی
CN:Suzhou|苏州|Сучжоу|سوژو;Harbin|哈尔滨|Харбин|ہاربن;Lianyungang|连云港|Ляньюньган|لیان یون گانگ
RU:Moscow|莫斯科|Москва|ماسکو;Kazan|喀山|Казань|قازان;Novosibirsk|新西伯利亚|Новосибирск|نووسیبرسک
RU:Barnaul|巴尔瑙尔|Барнаул|برناؤل;Irkutsk|伊尔库茨克|Иркутск|ارکتسک;Ufa|乌法|Уфа|اوفا
KZ:Almaty|阿拉木图|Алматы|الماتی;Astana|阿斯塔纳|Астана|آستانہ;Shymkent|奇姆肯特|Шымкент|شمکنت
UZ:Tashkent|塔什干|Ташкент|تاشقند;Samarkand|撒马尔罕|Самарканд|سمرقند;Bukhara|布哈拉|Бухара|بخارا
KG:Bishkek|比什凯克|Бишкек|بشکیک;Osh|奥什|Ош|اوش;Karakol|卡拉科尔|Каракол|قراقول
TJ:Dushanbe|杜尚别|Душанбе|دوشنبہ;Khujand|苦盏|Худжанд|خجند
PK:Karachi|卡拉奇|Карачи|کراچی;Lahore|拉合尔|Лахор|لاہور;Sialkot|锡亚尔科特|Сиалкот|سیالکوٹ
IN:Mumbai|孟买|Мумбаи|ممبئی;Jaipur|斋浦尔|Джайпур|جے پور;Pune|浦那|Пуна|پونے
BY:Minsk|明斯克|Минск|منسک;Brest|布列斯特|Брест|بریست
IR:Tehran|德黑兰|Тегеран|تہران;Isfahan|伊斯法罕|Исфахан|اصفہان;Shiraz|设拉子|Шираз|شیراز
MN:Ulaanbaatar|乌兰巴托|Улан-Батор|اولان باتور
AF:Kabul|喀布尔|Кабул|کابل;Herat|赫拉特|Герат|ہرات
TR:Istanbul|伊斯坦布尔|Стамбул|استنبول;Izmir|伊兹密尔|Измир|ازمیر
AZ:Baku|巴库|Баку|باکو
AM:Yerevan|埃里温|Ереван|یریوان
EG:Cairo|开罗|Каир|قاہرہ;Alexandria|亚历山大|Александрия|اسکندریہ
SA:Riyadh|利雅得|Эр-Рияд|ریاض;Jeddah|吉达|Джидда|جدہ
AE:Dubai|迪拜|Дубай|دبئی;Sharjah|沙迦|Шарджа|شارجہ
QA:Doha|多哈|Доха|دوحہ
BH:Manama|麦纳麦|Манама|منامہ
KW:Kuwait City|科威特城|Эль-Кувейт|کویت سٹی
KH:Phnom Penh|金边|Пномпень|نوم پن
NP:Kathmandu|加德满都|Катманду|کھٹمنڈو
LK:Colombo|科伦坡|Коломбо|کولمبو;Kandy|康提|Канди|کینڈی
MM:Yangon|仰光|Янгон|ینگون
MV:Malé|马累|Мале|مالے
KR:Incheon|仁川|Инчхон|انچیون;Busan|釜山|Пусан|بوسان
JP:Osaka|大阪|Осака|اوساکا;Fukuoka|福冈|Фукуока|فوکوؤکا
DE:Hamburg|汉堡|Гамбург|ہیمبرگ;Duisburg|杜伊斯堡|Дуйсбург|ڈوئسبرگ
FR:Lyon|里昂|Лион|لیوں
TH:Bangkok|曼谷|Бангкок|بنکاک
MY:Penang|槟城|Пинанг|پینانگ;Kuala Lumpur|吉隆坡|Куала-Лумпур|کوالالمپور
VN:Hanoi|河内|Ханой|ہنوئی;Hai Phong|海防|Хайфон|ہائی فونگ
HK:Hong Kong|香港|Гонконг|ہانگ کانگ
"""


def _cities() -> dict[str, tuple[Texts, ...]]:
    found: dict[str, tuple[Texts, ...]] = {}
    for line in lines(_CITIES):
        code, names = line.split(":")
        found[code] = (*found.get(code, ()), *(texts(name) for name in names.split(";")))
    return found


def _countries() -> dict[str, Country]:
    cities = _cities()
    rows = [line.split("|") for line in lines(_FACTS)]
    return {
        code: Country(code, int(number), currency, calling, style, form, language, cities[code])
        for code, number, currency, calling, style, form, language in rows
    }


COUNTRIES = _countries()
MEMBERS = ("CN", "IN", "KZ", "KG", "PK", "RU", "TJ", "UZ")
OBSERVERS = ("AF", "BY", "IR", "MN")
