"""Settings: what is read, from where, and what is said when it cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapedby.settings import Settings, SettingsError, read, resources, settings_table
from shapedby.settings.accent import contrast, is_readable, nearest_readable


def reading(data: Path, **environ: str) -> Settings:
    return read({"SHAPEDBY_DATA": str(data), **environ})


def test_a_council_that_sets_nothing_gets_defaults_that_work(tmp_path: Path) -> None:
    found = reading(tmp_path)
    assert found.database_url is None
    assert found.url == "http://127.0.0.1:8000"
    assert found.languages == ("en", "es")
    assert (found.demo, found.jobs) == (False, True)


def test_the_public_address_follows_host_and_port(tmp_path: Path) -> None:
    assert reading(tmp_path, PORT="81").url == "http://127.0.0.1:81"
    assert reading(tmp_path, HOST="::1").url == "http://[::1]:8000"
    assert reading(tmp_path, SHAPEDBY_URL="https://ideas.example.org/").mail_from == "no-reply@ideas.example.org"


def test_an_empty_variable_is_an_unset_one(tmp_path: Path) -> None:
    assert reading(tmp_path, PORT=" ", SHAPEDBY_LANGUAGES="") == reading(tmp_path)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    data = tmp_path / "new" / "var"
    first, second = reading(data).secret, reading(data).secret
    assert first == second
    assert len(first) >= 32
    assert (data / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["secret"]


def test_nothing_secret_is_printed(tmp_path: Path) -> None:
    secrets = {"DATABASE_URL": "postgresql://app:hush@db/x", "SMTP_URL": "smtp://me:hush@mail.example.org"}
    shown = repr(reading(tmp_path, SHAPEDBY_SECRET="hush" * 10, **secrets))
    assert "hush" not in shown


def test_a_file_sets_what_the_environment_leaves_open(tmp_path: Path) -> None:
    config = tmp_path / "council.toml"
    config.write_text('SHAPEDBY_COUNCIL = "Wexmoor"\nPORT = 81\nSHAPEDBY_CLOSURES = [2030-12-25, 2030-12-26]\n')
    found = reading(tmp_path, SHAPEDBY_CONFIG=str(config), PORT="82")
    assert (found.council, found.port) == ("Wexmoor", 82)
    assert found.closures == {date(2030, 12, 25), date(2030, 12, 26)}


def test_a_misspelt_setting_in_the_file_is_named(tmp_path: Path) -> None:
    config = tmp_path / "council.toml"
    config.write_text('SHAPEDBY_COUNSIL = "Wexmoor"\n')
    with pytest.raises(SettingsError, match="SHAPEDBY_COUNSIL"):
        reading(tmp_path, SHAPEDBY_CONFIG=str(config))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"PORT": "http"}, "Give a number"),
        ({"PORT": "70000"}, "Give a number"),
        ({"DATABASE_URL": "mysql://x"}, "must begin with postgresql"),
        ({"MIGRATE_DATABASE_URL": "postgresql://x"}, "Set both, or neither"),
        ({"SHAPEDBY_SECRET": "short"}, "at least 32"),
        ({"SHAPEDBY_URL": "ideas.example.org"}, "Give the public address"),
        ({"SMTP_URL": "mail.example.org"}, "must look like smtp"),
        ({"SHAPEDBY_LANGUAGES": "english"}, "en,es"),
        ({"SHAPEDBY_LANGUAGES": "en,en"}, "once"),
        ({"SHAPEDBY_ACCENT": "teal"}, "six hexadecimal digits"),
        ({"SHAPEDBY_ACCENT": "#ffcc00"}, "nearest shade that works is #"),
        ({"SHAPEDBY_LOGO": "/nowhere/logo.svg"}, "not there"),
        ({"SHAPEDBY_TIMEZONE": "Europe/Porthmere"}, "Europe/London"),
        ({"SHAPEDBY_TRUSTED_PROXY": "proxy"}, "Give addresses or networks"),
        ({"SHAPEDBY_CLOSURES": "Christmas"}, "2030-12-25"),
        ({"SHAPEDBY_JOBS": "perhaps"}, "Write yes or no"),
        ({"SHAPEDBY_DEMO": "yes", "HOST": "0.0.0.0"}, "this machine only"),
        ({"SHAPEDBY_DEMO": "yes", "SMTP_URL": "smtp://mail.example.org"}, "/dev/mail"),
        ({"SHAPEDBY_CONFIG": "/nowhere/council.toml"}, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(tmp_path: Path, wrong: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        reading(tmp_path, **wrong)


def test_a_data_folder_we_cannot_make_is_refused_with_what_to_do() -> None:
    with pytest.raises(SettingsError, match="SHAPEDBY_DATA"):
        reading(Path("/proc/nowhere"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_demo_runs_on_this_machine(tmp_path: Path, host: str) -> None:
    assert reading(tmp_path, SHAPEDBY_DEMO="yes", HOST=host).demo


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_the_nearest_shade_of_any_colour_can_be_read(colour: str) -> None:
    nearest = nearest_readable(colour)
    assert is_readable(nearest)
    assert (nearest == colour) == is_readable(colour)


def test_every_setting_is_in_the_table() -> None:
    assert settings_table().count("\n| `") == len(Settings.__dataclass_fields__) + 1


def test_templates_and_static_files_are_found() -> None:
    assert resources("templates").is_dir()
    assert resources("static").is_dir()


def test_a_closure_can_be_a_day_or_a_whole_time(tmp_path: Path) -> None:
    found = reading(tmp_path, SHAPEDBY_CLOSURES="2030-12-24, 2030-12-30..2031-01-01").closures
    assert sorted(found) == [date(2030, 12, 24), date(2030, 12, 30), date(2030, 12, 31), date(2031, 1, 1)]


@pytest.mark.parametrize("closures", ["2031-01-01..2030-12-30", "2030-01-01..2030-12-31", "2030-12-24..x"])
def test_a_closure_that_ends_before_it_begins_or_never_is_refused(tmp_path: Path, closures: str) -> None:
    with pytest.raises(SettingsError, match="SHAPEDBY_CLOSURES"):
        reading(tmp_path, SHAPEDBY_CLOSURES=closures)


@pytest.mark.parametrize("days", ["0", "-1", "x", "٣", "99999", "1.5"])
def test_a_time_that_is_no_number_of_days_is_refused(days: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SHAPEDBY_KEEP_DRAFTS"):
        read({"SHAPEDBY_DATA": str(tmp_path), "SHAPEDBY_KEEP_DRAFTS": days})


def test_an_account_is_never_closed_before_its_owner_could_hear_of_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="from 90"):
        read({"SHAPEDBY_DATA": str(tmp_path), "SHAPEDBY_KEEP_DORMANT": "60"})
    assert read({"SHAPEDBY_DATA": str(tmp_path), "SHAPEDBY_KEEP_DORMANT": "90"}).keep_dormant == 90
