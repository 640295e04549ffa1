"""What firms are called: brands, trades and legal forms."""

from matchmaking.demo.texts import many

BRANDS = many("""
Silk Road|丝路|Шёлковый путь|شاہراہ ریشم
Golden Steppe|金草原|Золотая степь|سنہری میدان
Snow Leopard|雪豹|Снежный барс|برفانی چیتا
White Mountain|白山|Белая гора|سفید پہاڑ
Blue Lake|蓝湖|Синее озеро|نیلی جھیل
Morning Star|晨星|Утренняя звезда|ستارۂ صبح
Two Rivers|双河|Две реки|دو دریا
Northern Light|北光|Северный свет|شمالی روشنی
Caravan|驼队|Караван|کارواں
Old Bridge|古桥|Старый мост|پرانا پل
Four Winds|四风|Четыре ветра|چار ہوائیں
Clear Spring|清泉|Чистый родник|صاف چشمہ
Red Poppy|红罂粟|Алый мак|سرخ لالہ
High Pasture|高山牧场|Высокий джайляу|بلند چراگاہ
Great Arch|大拱门|Большая арка|عظیم محراب
Sunny Valley|阳光谷|Солнечная долина|دھوپ وادی
Falcon|猎鹰|Сокол|شاہین
Green Garden|绿园|Зелёный сад|سبز باغ
Iron Horse|铁马|Железный конь|آہنی گھوڑا
Seven Springs|七泉|Семь родников|سات چشمے
Amber Coast|琥珀海岸|Янтарный берег|عنبر ساحل
Eastern Gate|东门|Восточные ворота|مشرقی دروازہ
Pomegranate|石榴|Гранат|انار
Turquoise|绿松石|Бирюза|فیروزہ
Quiet Harbour|静港|Тихая гавань|پرسکون بندرگاہ
Long Meridian|长经线|Длинный меридиан|طویل نصف النہار
Kind Hands|善手|Добрые руки|مہربان ہاتھ
New Orbit|新轨道|Новая орбита|نیا مدار
Cedar Hill|雪松岭|Кедровый холм|دیودار پہاڑی
Bright Field|明田|Светлое поле|روشن کھیت
Wise Owl|智鸮|Мудрая сова|دانا الو
Stone Lion|石狮|Каменный лев|سنگی شیر
Saffron|藏红花|Шафран|زعفران
Crane Wing|鹤翼|Крыло журавля|کونج کا پر
Deep Well|深井|Глубокий колодец|گہرا کنواں
Bronze Bell|铜钟|Бронзовый колокол|کانسی کی گھنٹی
""")

HAN_BRANDS = many("""
Hanyue|瀚岳|Ханьюэ|ہان یوے
Jinheng|锦衡|Цзиньхэн|جن ہینگ
Ruichang|睿昌|Жуйчан|روئی چانگ
Lanhai|岚海|Ланьхай|لان ہائی
Qihang|启杭|Цихан|چی ہانگ
Mingzhe|明哲|Минчжэ|منگ ژے
Tongda|桐达|Тунда|تونگ دا
Yuanfeng|沅丰|Юаньфэн|یوان فینگ
Shenglu|笙路|Шэнлу|شینگ لو
Haorui|昊睿|Хаожуй|ہاؤ روئی
Boyuan|柏沅|Боюань|بو یوان
Xinze|歆泽|Синьцзэ|شن زے
Luqiao|鲁桥|Луцяо|لو چیاؤ
Weichen|维辰|Вэйчэнь|وے چین
Jiaozhi|胶智|Цзяочжи|جیاؤ ژی
Zhongmai|众麦|Чжунмай|ژونگ مائی
Anqiao|安峤|Аньцяо|آن چیاؤ
Dezhen|德榛|Дэчжэнь|دے ژین
Fulan|馥兰|Фулань|فو لان
Guangyi|广熠|Гуанъи|گوانگ یی
Huiteng|惠藤|Хуэйтэн|ہوئی تینگ
Kaiyu|恺宇|Кайюй|کائی یو
Linshi|霖石|Линьши|لین شی
Nuoxin|诺忻|Носинь|نو شن
""")

# The word a firm of each sector puts after its brand.
TRADES = {
    "food": many("Foods|食品|Продукт|فوڈز\nConfectionery|糖果|Кондитер|کنفیکشنری"),
    "farm": many("Agro|农业|Агро|ایگرو\nHarvest|农产|Урожай|زرعی پیداوار"),
    "crafts": many("Crafts|工艺|Ремёсла|دستکاری\nArt Works|工艺美术|Арт|آرٹ ورکس"),
    "textiles": many("Textiles|纺织|Текстиль|ٹیکسٹائل\nGarments|服装|Одежда|گارمنٹس"),
    "consumer": many("Home|家居|Дом|ہوم\nConsumer Goods|日用品|Товары|کنزیومر گڈز"),
    "medicine": many("Pharma|医药|Фарма|فارما\nMedical|医疗|Медика|میڈیکل"),
    "machinery": many("Machinery|机械|Машины|مشینری\nEngineering|工程装备|Инжиниринг|انجینئرنگ"),
    "electronics": many("Electronics|电子|Электроника|الیکٹرانکس\nDigital|数码科技|Цифра|ڈیجیٹل"),
    "energy": many("Energy|能源|Энерго|انرجی\nPower Systems|电力系统|Энергосистемы|پاور سسٹمز"),
    "metals": many("Metals|金属|Металл|میٹلز\nMetallurgy|冶金|Металлургия|دھات سازی"),
    "materials": many("Materials|建材|Материалы|مٹیریلز\nChemicals|化工|Химия|کیمیکلز"),
    "transport": many("Transport|运输装备|Транспорт|ٹرانسپورٹ\nAero|航空|Аэро|ایرو"),
}

# And a buyer.
BUYING = many("""
Trading|贸易|Трейд|ٹریڈنگ
Supermarkets|超市|Супермаркеты|سپر مارکیٹس
Import & Export|进出口|Импорт-экспорт|درآمد و برآمد
Supply Chain|供应链|Цепь поставок|سپلائی چین
Procurement|采购|Закупки|پروکیورمنٹ
Wholesale|批发|Опт|ہول سیل
E-Commerce|电子商务|Е-коммерция|ای کامرس
Distribution|商贸流通|Дистрибуция|ڈسٹری بیوشن
""")

PROFILES = {
    "en": "{name} offers goods of the line “{trade}”. City: {city}. It looks for long-term partners.",
    "zh": "{name}主营“{trade}”类产品，总部位于{city}，期待结识长期合作伙伴。",
    "ru": "{name}. Направление: «{trade}». Город: {city}. Компания ищет долгосрочных партнёров.",
    "ur": "{name}۔ شعبہ: «{trade}»۔ شہر: {city}۔ ادارہ طویل مدتی شراکت داروں کی تلاش میں ہے۔",
}

# How the body that leads a country's pavilion is named.
PAVILION = {
    "en": "National Pavilion of {country}",
    "zh": "{country}国家馆",
    "ru": "Национальный павильон: {country}",
    "ur": "قومی پویلین: {country}",
}

RUSSIAN_FORMS = {"RU": "ООО", "KZ": "ТОО", "BY": "ОАО", "KG": "ОсОО", "UZ": "ООО", "TJ": "ООО"}
