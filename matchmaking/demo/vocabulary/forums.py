"""The main event, the six forums and the matchmaking sessions: names, topics, talks."""

# ruff: noqa: E501 -- one text a line in four languages reads best unbroken

from dataclasses import dataclass

from matchmaking.demo.texts import Texts, many, texts


@dataclass(frozen=True)
class ForumWords:
    """A supporting forum: its code, the two letters of its talks' codes, its name and its topics."""

    code: str
    letters: str
    hue: int
    name: Texts
    topics: list[Texts]


def _forum(code: str, letters: str, hue: int, name: str, topics: str) -> ForumWords:
    return ForumWords(code, letters, hue, texts(name), many(topics))


FORUMS = (
    _forum(
        "NET",
        "II",
        2,
        "Industrial Internet Forum|工业互联网论坛|Форум «Промышленный интернет»|صنعتی انٹرنیٹ فورم",
        """
Connected factories across borders|跨境互联工厂|Связанные заводы без границ|سرحد پار مربوط کارخانے
Identification and resolution of industrial goods|工业产品标识解析|Идентификация промышленных товаров|صنعتی اشیاء کی شناخت
Machine data as a shared resource|机器数据共享|Данные машин как общий ресурс|مشینی ڈیٹا بطور مشترکہ وسیلہ
Predictive maintenance in heavy industry|重工业预测性维护|Предиктивное обслуживание в тяжёлой промышленности|بھاری صنعت میں پیشگی دیکھ بھال
Security of industrial networks|工业网络安全|Безопасность промышленных сетей|صنعتی نیٹ ورکس کا تحفظ
Digital twins of production lines|生产线数字孪生|Цифровые двойники производственных линий|پیداواری لائنوں کے ڈیجیٹل جڑواں
Private 5G networks in plants|工厂5G专网|Частные сети 5G на предприятиях|کارخانوں میں نجی فائیو جی
Industrial software and open platforms|工业软件与开放平台|Промышленное ПО и открытые платформы|صنعتی سافٹ ویئر اور کھلے پلیٹ فارم
Robots for small series|面向小批量生产的机器人|Роботы для малых серий|چھوٹی پیداوار کے لیے روبوٹ
Supply chain transparency|供应链透明度|Прозрачность цепочек поставок|سپلائی چین کی شفافیت
""",
    ),
    _forum(
        "LOG",
        "LT",
        3,
        "Logistics and Trade Forum|物流与贸易论坛|Форум «Логистика и торговля»|لاجسٹکس اور تجارت فورم",
        """
Rail freight between China and Central Asia|中国—中亚铁路货运|Железнодорожные перевозки Китай — Центральная Азия|چین اور وسطی ایشیا کے درمیان ریل مال برداری
One document for multimodal transport|多式联运“一单制”|Единый документ мультимодальных перевозок|کثیر طریقہ نقل و حمل کی ایک دستاویز
Customs clearance without paper|无纸化通关|Безбумажное таможенное оформление|کاغذ کے بغیر کسٹم کلیئرنس
Cold chains for fresh food|生鲜冷链|Холодовые цепи для свежих продуктов|تازہ خوراک کی کولڈ چین
Border crossings and waiting time|口岸与等待时间|Пункты пропуска и время ожидания|سرحدی گزرگاہیں اور انتظار
Cross-border e-commerce warehouses|跨境电商海外仓|Склады трансграничной электронной торговли|سرحد پار ای کامرس گودام
Trade finance in local currencies|本币贸易融资|Торговое финансирование в национальных валютах|مقامی کرنسیوں میں تجارتی مالیات
Ports and dry ports|海港与陆港|Морские и сухие порты|بندرگاہیں اور خشک بندرگاہیں
Mutual recognition of certificates|证书互认|Взаимное признание сертификатов|اسناد کی باہمی قبولیت
Container balance on long routes|长途线路的集装箱平衡|Баланс контейнеров на дальних маршрутах|طویل راستوں پر کنٹینر توازن
""",
    ),
    _forum(
        "NRG",
        "EN",
        4,
        "Energy Cooperation Forum|能源合作论坛|Форум «Сотрудничество в энергетике»|توانائی تعاون فورم",
        """
Solar power in steppe and desert|草原与荒漠光伏|Солнечная энергия в степи и пустыне|میدانوں اور صحرا میں شمسی توانائی
Wind farms and local manufacturing|风电场与本地制造|Ветропарки и местное производство|ونڈ فارم اور مقامی تیاری
Grid connection between neighbours|邻国电网互联|Соединение энергосистем соседей|ہمسایہ بجلی گرڈ کا ربط
Hydropower and water sharing|水电与水资源共享|Гидроэнергетика и распределение воды|پن بجلی اور پانی کی تقسیم
Energy storage at scale|规模化储能|Крупные накопители энергии|بڑے پیمانے پر توانائی ذخیرہ
Gas as a bridge fuel|天然气作为过渡燃料|Газ как переходное топливо|گیس بطور عبوری ایندھن
Efficiency of district heating|区域供热能效|Эффективность централизованного теплоснабжения|اجتماعی حرارت کی کارکردگی
Hydrogen pilots|氢能试点|Пилотные проекты по водороду|ہائیڈروجن کے آزمائشی منصوبے
Clean coal and retrofits|清洁煤与改造|Чистый уголь и модернизация|صاف کوئلہ اور جدید کاری
Measuring carbon in trade|贸易中的碳计量|Учёт углерода в торговле|تجارت میں کاربن کی پیمائش
""",
    ),
    _forum(
        "BIO",
        "BM",
        5,
        "Biomedicine Forum|生物医药论坛|Форум «Биомедицина»|بائیو میڈیسن فورم",
        """
Traditional medicine in modern clinics|现代诊所中的传统医学|Традиционная медицина в современных клиниках|جدید شفاخانوں میں روایتی طب
Joint clinical trials|联合临床试验|Совместные клинические исследования|مشترکہ طبی آزمائشیں
Registration of medicines across borders|药品跨境注册|Трансграничная регистрация лекарств|ادویات کی سرحد پار رجسٹریشن
Vaccine supply and cold storage|疫苗供应与冷藏|Поставки и хранение вакцин|ویکسین کی فراہمی اور ذخیرہ
Telemedicine for remote regions|偏远地区远程医疗|Телемедицина для отдалённых районов|دور دراز علاقوں کے لیے ٹیلی میڈیسن
Medical devices made together|医疗器械联合制造|Совместное производство медтехники|طبی آلات کی مشترکہ تیاری
Plant extracts and quality|植物提取物与质量|Растительные экстракты и качество|نباتاتی عرق اور معیار
Diagnostics close to the patient|床旁诊断|Диагностика рядом с пациентом|مریض کے قریب تشخیص
Biobanks and data protection|生物样本库与数据保护|Биобанки и защита данных|بائیو بینک اور ڈیٹا کا تحفظ
Hospital procurement|医院采购|Закупки для больниц|ہسپتالوں کی خریداری
""",
    ),
    _forum(
        "AIR",
        "CA",
        6,
        "Civil Aviation Cooperation Forum|民航合作论坛|Форум «Сотрудничество в гражданской авиации»"
        "|شہری ہوا بازی تعاون فورم",
        """
Direct routes between second cities|二线城市直飞航线|Прямые рейсы между вторыми городами|ثانوی شہروں کے درمیان براہ راست پروازیں
Air cargo hubs|航空货运枢纽|Узлы авиационных грузоперевозок|فضائی مال برداری کے مراکز
Training of pilots and mechanics|飞行员与机务培训|Подготовка пилотов и механиков|پائلٹوں اور مکینکوں کی تربیت
Maintenance and spare parts|航空维修与备件|Техобслуживание и запчасти|دیکھ بھال اور پرزہ جات
Regional aircraft for short runways|适应短跑道的支线飞机|Региональные самолёты для коротких полос|مختصر رن وے کے لیے علاقائی طیارے
Smart airports|智慧机场|Умные аэропорты|اسمارٹ ہوائی اڈے
Drones in agriculture and rescue|无人机在农业与救援中的应用|Дроны в сельском хозяйстве и спасении|زراعت اور امداد میں ڈرون
Sustainable aviation fuel|可持续航空燃料|Экологичное авиатопливо|پائیدار ہوائی ایندھن
Air traffic over mountains|山区空中交通管理|Воздушное движение над горами|پہاڑوں پر فضائی ٹریفک
Electronic air waybills|电子航空运单|Электронные авианакладные|الیکٹرانک ایئر وے بل
""",
    ),
    _forum(
        "ECO",
        "DC",
        7,
        "Digital City and Smart Ecology Forum|数字城市与智慧生态论坛|Форум «Цифровой город и умная экология»"
        "|ڈیجیٹل شہر اور اسمارٹ ماحولیات فورم",
        """
City services in one application|城市服务一网通办|Городские услуги в одном приложении|ایک ایپ میں شہری خدمات
Water saving and reuse|节水与再生水|Экономия и повторное использование воды|پانی کی بچت اور دوبارہ استعمال
Clean air measured street by street|逐街监测的清洁空气|Чистый воздух: измерения по улицам|گلی گلی صاف ہوا کی پیمائش
Waste as a raw material|变废为宝|Отходы как сырьё|فضلہ بطور خام مال
Quiet electric buses|安静的电动公交|Тихие электробусы|خاموش برقی بسیں
Green buildings in cold climates|寒冷地区绿色建筑|Зелёные здания в холодном климате|سرد علاقوں میں سبز عمارتیں
Restoring dry lakes|干涸湖泊的修复|Восстановление высохших озёр|خشک جھیلوں کی بحالی
Data for flood warning|洪水预警数据|Данные для предупреждения наводнений|سیلاب کی پیشگی اطلاع کا ڈیٹا
Trees against the desert|植树治沙|Деревья против пустыни|صحرا کے خلاف درخت
Digital identity and privacy|数字身份与隐私|Цифровая идентичность и приватность|ڈیجیٹل شناخت اور رازداری
""",
    ),
)

ASPECTS = many("""
lessons from practice|实践经验|уроки практики|عملی اسباق
a roadmap to 2030|迈向2030年的路线图|дорожная карта до 2030 года|۲۰۳۰ تک کا لائحۂ عمل
standards and trust|标准与互信|стандарты и доверие|معیارات اور اعتماد
what small firms need|中小企业的需求|что нужно малому бизнесу|چھوٹے اداروں کی ضروریات
financing and risk|融资与风险|финансирование и риски|مالیات اور خطرات
people and skills|人才与技能|кадры и навыки|افراد اور مہارتیں
cases from the region|区域案例|примеры из региона|خطے کی مثالیں
open questions|待解问题|открытые вопросы|کھلے سوالات
measuring progress|进展评估|оценка прогресса|پیش رفت کی پیمائش
a shared agenda|共同议程|общая повестка|مشترکہ ایجنڈا
""")

TITLES = {
    "en": "{topic}: {aspect}",
    "zh": "{topic}：{aspect}",
    "ru": "{topic}: {aspect}",
    "ur": "{topic}: {aspect}",
}
ABSTRACTS = {
    "talk": {
        "en": "The subject is “{topic}”. The speaker reports with figures, then takes questions. Focus: {aspect}.",
        "zh": "本场演讲围绕“{topic}”展开，主讲人以数据说话，随后回答提问。重点：{aspect}。",
        "ru": "Тема — «{topic}». Доклад с цифрами, затем ответы на вопросы. В центре внимания: {aspect}.",
        "ur": "موضوع: «{topic}»۔ مقرر اعداد و شمار کے ساتھ بات کریں گے، پھر سوالات ہوں گے۔ توجہ: {aspect}۔",
    },
    "panel": {
        "en": "Guests from several countries discuss “{topic}”, each from their own work. Focus: {aspect}.",
        "zh": "来自多国的嘉宾结合各自工作讨论“{topic}”。重点：{aspect}。",
        "ru": "Гости из нескольких стран обсуждают тему «{topic}», каждый на своём опыте. В центре внимания: {aspect}.",
        "ur": "کئی ممالک کے مہمان اپنے تجربے کی روشنی میں «{topic}» پر گفتگو کریں گے۔ توجہ: {aspect}۔",
    },
    "keynote": {
        "en": "A keynote that opens the subject “{topic}” and sets questions for the forum. Focus: {aspect}.",
        "zh": "主旨演讲以“{topic}”为题，为论坛提出问题。重点：{aspect}。",
        "ru": "Пленарный доклад на тему «{topic}» ставит вопросы перед форумом. В центре внимания: {aspect}.",
        "ur": "کلیدی خطاب جو «{topic}» کا آغاز کرتا ہے اور فورم کے لیے سوال اٹھاتا ہے۔ توجہ: {aspect}۔",
    },
}
ABOUT = {
    "en": "Supporting event. Among its topics: {one}; {two}.",
    "zh": "配套活动。议题包括：{one}；{two}。",
    "ru": "Сопутствующее мероприятие. Среди тем: {one}; {two}.",
    "ur": "معاون تقریب۔ موضوعات میں شامل: {one}؛ {two}۔",
}

OPENING = texts("Opening Ceremony|开幕式|Церемония открытия|افتتاحی تقریب")
OPENING_ABOUT = texts(
    "Welcome, release of the Qingdao Initiative and of Platform 2.0, launch of the industrial park alliance, signings."
    "|致辞，发布《青岛倡议》与综合服务平台2.0，启动产业园区联盟，举行签约。"
    "|Приветствия, оглашение Циндаоской инициативы и Платформы 2.0, запуск альянса парков, подписания."
    "|استقبالیہ، چنگ ڈاؤ اقدام اور پلیٹ فارم ۲.۰ کا اجرا، صنعتی پارکوں کے اتحاد کا آغاز، دستخط۔"
)
MATCHING = texts("Industrial Matchmaking|产业对接会|Отраслевые деловые встречи|صنعتی رابطہ نشستیں")
MATCHING_ABOUT = texts(
    "Buyers and exhibitors of one industry present what they look for and what they offer."
    "|同一产业的采购商与参展商介绍各自的需求与供给。"
    "|Покупатели и участники одной отрасли представляют спрос и предложение."
    "|ایک صنعت کے خریدار اور نمائش کنندگان اپنی طلب اور رسد پیش کرتے ہیں۔"
)
SESSIONS = many("""
Food and farm goods|食品与农产品|Продукты питания и сельское хозяйство|خوراک اور زرعی اشیاء
Textiles and crafts|纺织与手工艺品|Текстиль и ремёсла|ٹیکسٹائل اور دستکاری
Machines and vehicles|机械与车辆|Машины и транспорт|مشینری اور گاڑیاں
Energy and metals|能源与金属|Энергетика и металлы|توانائی اور دھاتیں
Medicine and health|医药与健康|Медицина и здоровье|ادویات اور صحت
""")
SESSION_TITLES = {
    "en": "Matchmaking session: {topic}",
    "zh": "对接会：{topic}",
    "ru": "Деловые встречи: {topic}",
    "ur": "رابطہ نشست: {topic}",
}
POSITIONS = many("""
Director|主任|Директор|ڈائریکٹر
Chief engineer|总工程师|Главный инженер|چیف انجینئر
Professor|教授|Профессор|پروفیسر
Head of department|部门负责人|Начальник отдела|سربراہ شعبہ
Founder|创始人|Основатель|بانی
Research fellow|研究员|Научный сотрудник|محقق
Adviser|顾问|Советник|مشیر
""")
INTERPRETER = texts("Conference interpreter|会议口译员|Синхронный переводчик|کانفرنس مترجم")
GUEST = texts("Guest of honour|特邀嘉宾|Почётный гость|مہمان خصوصی")
HOST = texts("Moderator|主持人|Модератор|ناظم")
BIOGRAPHIES = {
    "en": "{position}. Works on “{topic}”.",
    "zh": "{position}，长期从事“{topic}”方面的工作。",
    "ru": "{position}. Тема работы: «{topic}».",
    "ur": "{position}۔ کام کا موضوع: «{topic}»۔",
}
INSTITUTES = (
    "Institute of Regional Industry",
    "Centre for Open Trade",
    "Eurasian School of Engineering",
    "Academy of Applied Systems",
    "Chamber of Inland Ports",
    "Laboratory of Clean Technology",
    "Society of Supply Chains",
    "House of Friendship and Enterprise",
)
