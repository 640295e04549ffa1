"""Names in different scripts that are one person's meet and are told to be alike; others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.registration.alike import Grade, Known, compare, keys_of, probes_of
from expo.registration.alike.grades import same_organisation
from expo.registration.alike.names import name_likeness

ONE = [
    ("李明", "Li Ming"),
    ("李明", "Ming Li"),
    ("李明", "LI MING"),
    ("李明", "Ли Мин"),
    ("王小明", "Wang Xiaoming"),
    ("王小明", "Xiaoming Wang"),
    ("王小明", "WANG, Xiao-ming"),
    ("欧阳娜娜", "Ouyang Nana"),
    ("张伟", "Чжан Вэй"),
    ("徐伟", "Сюй Вэй"),
    ("Xu Wei", "Сюй Вэй"),
    ("杨敏", "یانگ من"),
    ("Иванов Пётр", "Petr Ivanov"),
    ("Иванов Пётр", "Pyotr Ivanov"),
    ("Иванов Пётр Сергеевич", "Petr Ivanov"),
    ("Щербакова Юлия", "Yulia Shcherbakova"),
    ("Щербакова Юлия", "Iuliia Shcherbakova"),
    ("Щербакова Юлия", "Julia Scherbakowa"),
    ("Евгений Жуков", "Evgeny Zhukov"),
    ("Евгений Жуков", "Yevgeniy Zhukov"),
    ("Евгений Жуков", "Evgenii Zhukov"),
    ("Александр Ковалёв", "Alexander Kovalev"),
    ("Александр Ковалёв", "Aleksandr Kovalyov"),
    ("Дмитрий Чехов", "Dmitry Chekhov"),
    ("Дмитрий Чехов", "Dmitri Tchekhov"),
    ("Ксения Цой", "Xenia Tsoi"),
    ("Ксения Цой", "Kseniya Tsoy"),
    ("محمد علی خان", "Muhammad Ali Khan"),
    ("محمد علی خان", "Mohammed Ali Khan"),
    ("محمد علی خان", "Mohamad Aly Khan"),
    ("محمد علی خان", "Мухаммад Али Хан"),
    ("فاطمہ بیگم", "Fatima Begum"),
    ("فاطمہ بیگم", "Fatimah Begum"),
    ("عبدالرحمن", "Abdul Rahman"),
    ("عبدالرحمن احمد", "Abdurrahman Ahmad"),
    ("عبد الرحمن أحمد", "Abdel Rahman Ahmed"),
    ("شہباز شریف", "Shahbaz Sharif"),
    ("شہباز شریف", "Shehbaz Sharif"),
    ("حسین رضایی", "Hossein Rezaei"),
    ("حسین رضایی", "Hussein Rezai"),
    ("محمود قریشی", "Mahmood Qureshi"),
    ("محمود قریشی", "Mehmood Qureshi"),
    ("یوسف خواجہ", "Yousaf Khawaja"),
    ("عمران خان نیازی", "Imran Khan Niazi"),
    ("وسیم اکرم", "Wasim Akram"),
    ("نور جہاں", "Noor Jehan"),
    ("Ғалым Жақыпов", "Galym Zhakypov"),
    ("Ўктам Ҳошимов", "O'ktam Hoshimov"),
    ("Çağrı Öztürk", "Cagri Ozturk"),
    ("Nguyễn Văn Ánh", "Nguyen Van Anh"),
    ("김민준", "Kim Minjun"),
    ("김민준", "Min-jun Kim"),
    ("अमिताभ बच्चन", "Amitabh Bachchan"),
    ("Müller Jürgen", "Juergen Mueller"),
    ("Łukasz Nowak", "Lukasz Nowak"),
    ("Σωκράτης Παπαδόπουλος", "Sokratis Papadopoulos"),
    ("გიორგი მელაძე", "Giorgi Meladze"),
    ("O'Neil Sean", "Sean ONeil"),
    ("Jean-Pierre Dupont", "Dupont Jean Pierre"),
    ("María García López", "Maria Garcia"),
    ("Dr. Anna Weber", "Weber, Anna"),
    ("Нурлан Абдыкадыров", "Nurlan Abdykadyrov"),
    ("Anna Kowalsky", "Anna Kowalski"),
    ("Robert Thompson", "Robert Thomson"),
    ("Жамшид Каримов", "Jamshid Karimov"),
    ("Шавкат Мирзиёев", "Shavkat Mirziyoyev"),
    ("Нурсултан Назарбаев", "Nursultan Nazarbayev"),
    ("خالد المنصور", "Khalid Al-Mansour"),
    ("أحمد حسن", "Ahmed Hassan"),
    ("Ахмед Хасан", "Ahmad Hasan"),
    ("فيصل بن عبدالعزيز", "Faisal bin Abdulaziz"),
    ("赵建国", "Zhao Jianguo"),
    ("赵建国", "Чжао Цзяньго"),
    ("陈晓红", "Chen Xiaohong"),
    ("刘洋", "Liu Yang"),
    ("刘洋", "Лю Ян"),
    ("黄丽", "Huang Li"),
    ("黄丽", "Хуан Ли"),
    ("郭靖", "Guo Jing"),
    ("Guo Jing", "Го Цзин"),
    ("周杰", "Чжоу Цзе"),
    ("吕布", "Lü Bu"),
    ("吕布", "LYU BU"),
]
TWO = [
    ("Li Ming", "لیلیٰ امین"),
    ("Ali Lee", "علی"),
    ("李明", "黎明"),
    ("李明", "李敏"),
    ("Li Ming", "Li Min"),
    ("Wang Wei", "Wang Fang"),
    ("王伟", "Wang Fang"),
    ("Zhang Wei", "Zhang Li"),
    ("张伟", "Chen Wei"),
    ("刘洋", "Liu Yan"),
    ("Li Na", "Liu Na"),
    ("Иванов Пётр", "Иванова Анна"),
    ("Иванов Пётр", "Pavel Ivanov"),
    ("Пётр Иванов", "Пётр Петров"),
    ("Sergey Ivanov", "Sergey Romanov"),
    ("محمد علی خان", "Ahmad Ali Khan"),
    ("محمد علی خان", "Muhammad Usman"),
    ("عمران خان", "Kamran Khan"),
    ("Imran Khan", "Irfan Khan"),
    ("Ali Hassan", "Hassan Rouhani"),
    ("فاطمہ بیگم", "Fatima Bhutto"),
    ("Anna Weber", "Anna Meyer"),
    ("Anna Weber", "Hanna Weger"),
    ("John Smith", "Joan Smith"),
    ("Kim Minjun", "Kim Jimin"),
    ("Chen Xiaohong", "Chen Xiaoming"),
    ("Zhao Jianguo", "Zhao Jianhua"),
    ("Maria Garcia", "Mario Garcia"),
    ("Dmitry Sokolov", "Dmitry Solovyov"),
    ("Olga Petrova", "Oleg Petrov"),
    ("Aleksandr Kuznetsov", "Aleksandra Kuznetsova"),
    ("Karim Aliyev", "Karim Valiyev"),
    ("Xu Wei", "Xue Wei"),
    ("Hu Jun", "He Jun"),
    ("Ma Lin", "Lin Ma Na"),
    ("Nurlan Asanov", "Nurbek Asanov"),
]


def meet(one: str, other: str) -> bool:
    ours, theirs = {"x": one}, {"x": other}
    there = bool(set(keys_of(ours)) & set(probes_of(theirs)))
    back = bool(set(keys_of(theirs)) & set(probes_of(ours)))
    return there and back


def score(one: str, other: str) -> float:
    return name_likeness({"x": one}, {"x": other})


def test_of_those_who_are_one_at_least_93_in_100_are_found():
    found = [pair for pair in ONE if meet(*pair) and score(*pair) >= 90]
    assert len(found) >= 0.93 * len(ONE)


def test_all_who_are_one_meet_in_a_key():
    assert [pair for pair in ONE if not meet(*pair)] == []


def test_of_those_who_are_two_nobody_is_taken_for_one():
    assert [pair for pair in TWO if meet(*pair) and score(*pair) >= 90] == []


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        (Known({"zh": "李明"}, "li@a.example"), Known({"en": "Ming Li"}, "LI@a.example"), Grade.SAME),
        (Known({"zh": "李明"}, "", "海尔集团"), Known({"zh": "李明"}, "", "海尔集团有限公司"), Grade.SAME),
        (Known({"zh": "李明"}, "", "Haier"), Known({"en": "Li Ming"}, "", "Gree"), Grade.OTHER),
        (Known({"zh": "李明"}), Known({"en": "Li Ming"}), Grade.MAYBE),
        (Known({"zh": "李明"}, "a@x.io"), Known({"zh": "李明"}, "b@x.example"), Grade.OTHER),
        (Known({"en": "Anna Weber"}, "hi@x.example"), Known({"en": "Li Ming"}, "hi@x.example"), Grade.OTHER),
        (Known({"ru": "Анна Вебер"}, "a+b@x.io"), Known({"en": "A. Weber"}, "a@x.io"), Grade.OTHER),
        (Known({"ru": "Анна Вебер"}, "a+b@x.io"), Known({"en": "Anna Webber"}, "a@x.io"), Grade.SAME),
        (Known({"ru": "Анна Вебер"}, "a@x.io"), Known({"en": "Anna Webster"}, "a@x.io"), Grade.MAYBE),
    ],
)  # fmt: skip
def test_address_and_organisation_decide_with_the_name(one, other, grade):
    assert compare(one, other).grade is grade
    assert compare(other, one).grade is grade


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Baltic Tools Ltd", "Baltic Optics Ltd", False),
        ("ООО Ромашка", "Romashka LLC", True),
        ("Haier Group Co., Ltd.", "HAIER", True),
        ("中国石油", "PetroChina", None),
        ("", "PetroChina", None),
    ],
)
def test_organisations_are_compared_without_their_legal_forms(one, other, same):
    assert same_organisation(one, other) is same


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_taken_and_everybody_is_like_themselves(one, other):
    assert compare(Known({"x": one}, other), Known({"x": one}, other)).name in (0, 100)
    assert 0 <= score(one, other) <= 100
    assert len(keys_of({"x": one, "y": other})) <= 160


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways(one, other):
    assert meet(one, other) == meet(other, one)
