"""Personal names by style, in Latin and, where people write so, in Chinese, Cyrillic or Arabic script."""

# ruff: noqa: E501 -- names read best in unbroken rows

from random import Random

_STYLES = {
    "han": (
        "zh",
        "Wang:王 Li:李 Zhang:张 Liu:刘 Chen:陈 Yang:杨 Zhao:赵 Huang:黄 Zhou:周 Wu:吴 Xu:徐 Sun:孙 Ma:马 Zhu:朱 Hu:胡 "
        "Guo:郭 He:何 Lin:林 Gao:高 Luo:罗 Ouyang:欧阳",
        "Lei:磊 Wei:伟 Jing:静 Min:敏 Xiaoming:晓明 Yutong:雨桐 Haoran:浩然 Zihan:子涵 Jianguo:建国 Meiling:美玲 "
        "Qiang:强 Yan:燕 Xueqin:雪琴 Tianyu:天宇 Lihua:丽华 Guangming:光明 Shuang:爽 Boya:博雅 Ruoxi:若曦 Zhiyuan:志远",
    ),
    "slavic": (
        "ru",
        "Ivanenko:Иваненко Sokolenko:Соколенко Belykh:Белых Gorbach:Горбач Kravets:Кравец Moroz:Мороз "
        "Sedykh:Седых Tkach:Ткач Zhuk:Жук Kovalenko:Коваленко Chernykh:Черных Dolgikh:Долгих Koval:Коваль "
        "Petrenko:Петренко Savchenko:Савченко Rusak:Русак Bondar:Бондарь Shvets:Швец",
        "Aleksei:Алексей Dmitry:Дмитрий Olga:Ольга Natalia:Наталья Sergei:Сергей Irina:Ирина Pavel:Павел "
        "Ekaterina:Екатерина Mikhail:Михаил Svetlana:Светлана Andrei:Андрей Yulia:Юлия Konstantin:Константин "
        "Viktoria:Виктория Nikolai:Николай Tatiana:Татьяна",
    ),
    "steppe": (
        "ru",
        "Asanuly:Асанулы Nurgali:Нургали Toktogul:Токтогул Rakhim:Рахим Yusufzoda:Юсуфзода Karimzoda:Каримзода "
        "Beknazar:Бекназар Alimzhan:Алимжан Sharifzoda:Шарифзода Mamatali:Маматали Dzhumabay:Джумабай "
        "Erkin:Эркин Saparbay:Сапарбай Tursunali:Турсунали Kaldybay:Калдыбай Guliyar:Гулияр",
        "Nurlan:Нурлан Aigerim:Айгерим Timur:Тимур Dilnoza:Дильноза Bakyt:Бакыт Gulnara:Гульнара Farrukh:Фаррух "
        "Zarina:Зарина Azamat:Азамат Madina:Мадина Rustam:Рустам Aizhan:Айжан Sherzod:Шерзод Kamila:Камила "
        "Daniyar:Данияр Nigora:Нигора",
    ),
    "indus": (
        "ur",
        "Khan:خان Ahmed:احمد Malik:ملک Qureshi:قریشی Butt:بٹ Siddiqui:صدیقی Chaudhry:چوہدری Hussain:حسین "
        "Raza:رضا Sheikh:شیخ Mirza:مرزا Abbasi:عباسی Awan:اعوان Bhatti:بھٹی",
        "Ayesha:عائشہ Bilal:بلال Fatima:فاطمہ Hamza:حمزہ Imran:عمران Kiran:کرن Nadia:نادیہ Omar:عمر Saad:سعد "
        "Sana:ثنا Tariq:طارق Usman:عثمان Zainab:زینب Faisal:فیصل Hina:حنا Yasir:یاسر",
    ),
    "persian": (
        "ur",
        "Rezaei:رضائی Karimi:کریمی Hosseini:حسینی Ahmadi:احمدی Moradi:مرادی Jafari:جعفری Sadeghi:صادقی "
        "Rahmani:رحمانی Noori:نوری Amiri:امیری",
        "Ali:علی Maryam:مریم Reza:رضا Zahra:زہرا Mehdi:مہدی Leila:لیلیٰ Hassan:حسن Shirin:شیریں Farhad:فرہاد Parisa:پریسا",
    ),
    "arab": (
        "ur",
        "Mansour:منصور Haddad:حداد Saleh:صالح Farouk:فاروق Nasser:ناصر Hamdan:حمدان Khalil:خلیل Suleiman:سلیمان "
        "Amin:امین Rashed:راشد",
        "Ahmed:احمد Mona:منیٰ Khaled:خالد Layla:لیلیٰ Youssef:یوسف Noura:نورا Omar:عمر Salma:سلمیٰ Tamer:تامر Huda:ہدیٰ",
    ),
    "mongol": (
        "ru",
        "Bat-Erdene:Бат-Эрдэнэ Ganbold:Ганболд Dorj:Дорж Enkhbold:Энхболд Munkhbat:Мунхбат Sukh:Сүх",
        "Bolor:Болор Temuulen:Тэмүүлэн Saruul:Саруул Anand:Ананд Nomin:Номин Tuguldur:Төгөлдөр",
    ),
    "armenian": (
        "ru",
        "Hakobyan:Акопян Sargsyan:Саргсян Grigoryan:Григорян Petrosyan:Петросян Harutyunyan:Арутюнян",
        "Ani:Ани Davit:Давид Mariam:Мариам Tigran:Тигран Lusine:Лусине Armen:Армен",
    ),
    "turkish": (
        "",
        "Yılmaz Kaya Demir Şahin Çelik Aydın Öztürk Arslan",
        "Ayşe Mehmet Elif Mustafa Zeynep Emre Selin Burak",
    ),
    "ganges": (
        "",
        "Sharma Patel Iyer Gupta Reddy Nair Shrestha Gurung Das Mehta Thapa Joshi",
        "Aarav Priya Rohan Ananya Vikram Kavita Sanjay Meera Bikash Sita Arjun Neha",
    ),
    "lanka": (
        "",
        "Perera Fernando Silva Jayasuriya Rasheed Ibrahim",
        "Nimal Dilani Kasun Aishath Ruwan Mariyam",
    ),
    "mekong": (
        "",
        "Sok Chan Nguyen Tran Le Pham Kyaw Htun Srisuk Chaiyo",
        "Dara Sophea Minh Lan Thanh Aung Thiri Somchai Malee Huong",
    ),
    "malay": ("", "binti Rahman,bin Ismail,Tan,Lim,Abdullah,Subramaniam", "Nurul Hafiz Mei Wei Farah Kumar"),
    "korean": ("", "Kim Lee Park Choi Jung Kang", "Minjun Seoyeon Jihoon Hayoon Dohyun Yuna"),
    "japanese": ("", "Tanaka Suzuki Yamada Mori Kato Ito", "Haruto Yui Kenji Aoi Takumi Sakura"),
    "german": ("", "Schneider Fischer Weber Becker Hoffmann Krüger", "Anna Lukas Julia Jonas Katrin Stefan"),
    "french": ("", "Moreau Girard Lambert Rousseau Fontaine", "Camille Hugo Élise Julien Manon"),
}


def _pairs(words: str) -> list[tuple[str, str]]:
    parts = words.split(",") if "," in words else words.split()
    return [(part.partition(":")[0], part.partition(":")[2]) for part in parts]


_PARTS = {
    style: (language, _pairs(last), _pairs(first)) for style, (language, last, first) in _STYLES.items()
}


def person_name(draw: Random, style: str) -> dict[str, str]:
    """A name as a language map: English always, the native script where the style has one."""
    language, last, first = _PARTS[style]
    (surname, native_surname), (given, native_given) = draw.choice(last), draw.choice(first)
    if style == "han":
        return {"en": f"{surname} {given}", "zh": native_surname + native_given}
    found = {"en": f"{given} {surname}"}
    if language:
        found[language] = f"{native_given} {native_surname}"
    return found
