"""Two requests at once make one follower and one star."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.stars import services
from expo.stars.models import Follower, Star
from expo.stars.services import Reader
from tests.expo.forums.test_views import a_released_edition


def test_eight_devices_of_one_person_star_the_same_talk(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition_id = a_released_edition(session, 2).id
        session.commit()
    gate = Barrier(8, timeout=30)

    def star(_number: int) -> None:
        with Session(engine) as session:
            edition = session.get_one(Edition, edition_id)
            gate.wait()
            follower, _token = services.follow(session, edition, Reader("ayan@example.org"))
            services.set_star(session, edition, follower, "TALK01", True)
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(star, range(8)))
    with Session(engine) as session:
        assert (len(session.exec(select(Follower)).all()), len(session.exec(select(Star)).all())) == (1, 1)
    engine.dispose()
