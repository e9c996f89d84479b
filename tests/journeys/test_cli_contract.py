"""What holds of every command: exit codes, one JSON document, a code with words, never a trace."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journeys.cli_robot import as_process, holds_the_contract
from ui.cli.main import application, main
from ui.cli.schemas import names, text_of

ERIKSSON = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
WRONG_DIGIT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<18")


def test_a_zone_with_right_digits_is_a_yes(terminal):
    answer = terminal.types("mrz", "parse", *ERIKSSON, "--json", schema="mrz")

    assert answer.code == 0
    assert answer.json["fields"]["surname"] == "ERIKSSON"
    assert set(answer.json["checks"].values()) == {"ok"}
    assert not answer.err


def test_a_zone_with_a_wrong_digit_is_a_no(terminal):
    answer = terminal.types("mrz", "parse", *WRONG_DIGIT, "--json", schema="mrz")

    assert answer.code == 1
    assert answer.json["checks"]["composite"] == "fail"


def test_lines_may_come_by_the_pipe(terminal):
    assert terminal.types("mrz", "parse", "--json", stdin="\n".join(ERIKSSON)).json["kind"] == "TD3"


def test_text_that_is_no_zone_needs_a_person(terminal):
    answer = terminal.types("mrz", "parse", "GOOD MORNING", "--json", schema="mrz")

    assert answer.code == 3
    assert answer.error == "BMIS-101"
    assert answer.err.startswith("BMIS-101 ")


def test_the_day_decides_the_century(terminal):
    of_2080 = terminal.types("mrz", "parse", *ERIKSSON, "--today", "2080-01-01", "--json").json

    assert of_2080["fields"]["birth_date"] == "2074-08-12"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["frob"], "BMIS-001"),
        (["mrz", "frob"], "BMIS-001"),
        (["mrz"], "BMIS-003"),
        (["mrz", "parse", "--frob"], "BMIS-002"),
        (["crossing", "record"], "BMIS-003"),
        (["init", "--lane", "1"], "BMIS-003"),
        (["staff", "add", "ana", "--role", "king"], "BMIS-004"),
        (["mrz", "parse", "X", "--today", "yesterday"], "BMIS-004"),
        (["mrz", "parse", "X", "--lang", "fr"], "BMIS-004"),
        (["schema", "nothing"], "BMIS-291"),
        (["bench", "nothing"], "BMIS-293"),
        (["crossing", "show", "seven"], "BMIS-004"),
    ],
)
def test_a_wrong_call_has_a_code_words_and_exit_2(terminal, words, code):
    answer = terminal.types(*words, "--json", schema="error")

    assert (answer.code, answer.error) == (2, code)
    assert answer.err.startswith(f"{code} ")
    assert answer.json["error"]["what"] in answer.err


def test_words_come_in_the_language_that_was_asked(terminal):
    assert "comando" in terminal.types("frob").err
    assert "command" in terminal.types("frob", "--lang", "en").err


def test_options_stand_wherever_people_put_them(terminal):
    first = terminal.types("--json", "mrz", "parse", *ERIKSSON).json
    last = terminal.types("mrz", "parse", *ERIKSSON, "--json").json

    assert first["fields"] == last["fields"]


def test_nobody_signed_in(terminal):
    answer = terminal.types("staff", "list", "--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-008")


def test_a_folder_that_is_no_home(terminal, tmp_path):
    answer = terminal.is_user("officer").types("staff", "list", "--json", "--home", tmp_path / "none", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-020")


def test_a_desktop_without_a_display(officer, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    answer = officer.types("--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-292")


def test_a_fault_of_ours_shows_a_code_and_is_kept_in_the_log_without_its_words(officer, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise ValueError("MONDLANE L898902C3")

    monkeypatch.setattr("ui.compose.people", breaks)

    answer = officer.types("staff", "list", "--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-000")
    log = (officer.home / "logs" / "bmis.log").read_text()
    assert '"type": "ValueError"' in log
    assert "MONDLANE" not in log + answer.out + answer.err


def test_a_fault_while_reading_a_zone_is_not_logged_even_in_a_home(terminal, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise ValueError("MONDLANE")

    monkeypatch.setattr("bmis.documents.mrz.parse", breaks)

    assert terminal.types("mrz", "parse", *ERIKSSON, "--json", schema="error").error == "BMIS-000"
    assert not (terminal.home / "logs").exists()


def test_a_damaged_store_is_told_and_logged_by_its_code(officer):
    (officer.home / "border.db").write_bytes(b"not a database at all" * 1000)

    answer = officer.types("crossing", "search", "--name", "MACHAVA", "--json", schema="error")

    assert (answer.code, answer.error) == (3, "BMIS-025")
    log = (officer.home / "logs" / "bmis.log").read_text()
    assert '"code": "BMIS-025"' in log
    assert "MACHAVA" not in log


def test_commands_without_a_home_write_nothing(terminal, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()

    for words in (["mrz", "parse", *ERIKSSON], ["mrz", "parse", "X"], ["schema"], ["schema", "mrz"], ["frob"]):
        terminal.types(*words, "--home", empty)

    assert not list(empty.iterdir())


def test_help_of_every_command_speaks_both_languages(terminal):
    def paths(command, above=()):
        yield above
        for name, child in getattr(command, "commands", {}).items():
            yield from paths(child, (*above, name))

    for path in paths(application()):
        portuguese = terminal.types(*path, "--help")
        english = terminal.types(*path, "--help", "--lang", "en")
        assert portuguese.code == english.code == 0
        assert portuguese.out.startswith("Utilização: bmis")
        assert english.out.startswith("Usage: bmis")


def test_every_schema_is_one_and_is_printed_as_it_lies(terminal):
    from jsonschema import Draft202012Validator

    listed = terminal.types("schema", "--json", schema="schema-list").json
    assert listed == names()
    for name in listed:
        printed = terminal.types("schema", name).out
        assert printed == text_of(name)
        Draft202012Validator.check_schema(json.loads(printed))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["mrz", "parse", "schema", "crossing", "record", "show", "search", "db", "audit", "verify", "--json",
                 "--", "-", "--home", "--now", "--lang", "--today", "--limit", "staff", "list", "demo", "data", "="]
            ),
            st.text(max_size=12),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_no_words_at_all_give_a_trace(terminal, words):
    if not words or words[0] in {"run", "bench", "selftest", "init"}:
        return  # those open windows, measure, or make homes
    words = [word.replace("run", "").replace("init", "") for word in words]
    if not [word for word in words if not word.startswith("-")]:
        return
    terminal.lacks("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # options alone would open the desktop
    answer = terminal.types(*words, stdin="")

    assert "Error" not in answer.err


def test_the_installed_program_answers_like_the_one_in_this_process():
    answer = as_process("mrz", "parse", *ERIKSSON, "--json", env={})

    holds_the_contract(answer, as_json=True, schema="mrz")
    assert answer.code == 0


def test_the_reader_of_the_pipe_may_leave(monkeypatch):
    def leaves(*_args, **_kwargs):
        raise BrokenPipeError

    monkeypatch.setattr("ui.cli.mrz.say_json", leaves)
    monkeypatch.setattr("ui.cli.main.os.dup2", lambda *_: 0)

    assert main(["mrz", "parse", "XX", "--json"]) == 3


def test_the_reader_of_the_pipe_may_leave_before_a_trouble_is_told(monkeypatch, capsys):
    def leaves(*_args, **_kwargs):
        raise BrokenPipeError

    monkeypatch.setattr("ui.cli.main.say_json", leaves)
    monkeypatch.setattr("ui.cli.main.os.dup2", lambda *_: 0)

    assert main(["seal", "--no-such-option", "--json"]) == 2
    assert "BMIS-" in capsys.readouterr().err
