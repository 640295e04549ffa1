"""No table of the house is forgotten: each travels in the folder or is named among those that stay."""

from expo.schema import metadata
from matchmaking.folder.columns import TABLES
from matchmaking.folder.queries import EVERY, PRIVATE, SETTLED
from matchmaking.folder.staying import STAYS

TRAVELS = {model.__tablename__ for model in (*EVERY.values(), *PRIVATE.values(), *SETTLED)}
STAYING = [name for _why, names in STAYS for name in names]


def test_every_table_travels_or_is_said_to_stay():
    tables = {name for name in metadata().tables if not name.startswith("procrastinate_")}
    assert tables - TRAVELS - set(STAYING) == set(), "take it along, or say in staying.py why it stays"
    assert set(STAYING) - tables == set()


def test_nothing_stays_and_travels_or_stays_twice():
    assert TRAVELS & set(STAYING) == set()
    assert len(STAYING) == len(set(STAYING))


def test_tables_of_private_rows_are_private_in_the_folder():
    inner = {"messages_read"}  # told by a column of the messages
    assert {name for name, table in TABLES.items() if table.private} == set(PRIVATE) - inner
