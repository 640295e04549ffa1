"""The key that signs badges is made once, kept from others, and never replaced silently."""

import stat

import pytest

from expo.badges.keys import badge_key
from expo.errors import SetupProblem
from expo.settings import read_settings


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    settings = read_settings(instance=tmp_path, badge_key=None)
    first = badge_key(settings).private_bytes_raw()
    assert badge_key(settings).private_bytes_raw() == first
    assert stat.S_IMODE((tmp_path / "badge-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["badge-key"]


def test_a_key_of_the_settings_wins(tmp_path):
    settings = read_settings(instance=tmp_path, badge_key="0f" * 32)
    assert badge_key(settings).private_bytes_raw() == b"\x0f" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_spoilt_key_is_told_and_not_replaced(tmp_path):
    (tmp_path / "badge-key").write_text("spoilt")
    with pytest.raises(SetupProblem, match="badge key"):
        badge_key(read_settings(instance=tmp_path))
    assert (tmp_path / "badge-key").read_text() == "spoilt"


def test_a_setting_that_is_no_key_is_refused():
    with pytest.raises(SetupProblem, match="EXPO_BADGE_KEY"):
        read_settings(badge_key="short")
