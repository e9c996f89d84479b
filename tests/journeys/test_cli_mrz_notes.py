"""What ``bmis mrz parse`` says beside the fields: notes in words, and centuries by the day."""

OLD = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO3105077F3204155ZE184226B<<<<<10")


def test_an_old_traveller_with_a_new_passport_is_born_in_1931(terminal):
    for today, born in (("2026-11-22", "1931-05-07"), ("2031-05-07", "2031-05-07")):
        found = terminal.types("mrz", "parse", *OLD, "--today", today, "--json", schema="mrz").json
        assert found["fields"]["birth_date"] == born
        assert found["fields"]["expiry_date"] == "2032-04-15"


def test_notes_are_codes_for_machines_and_sentences_for_people(terminal):
    lines = ("P<UT0ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", OLD[1])
    assert terminal.types("mrz", "parse", *lines, "--json", schema="mrz").json["notes"] == ["digit_in_state"]
    said = terminal.types("mrz", "parse", *lines, "--lang", "pt").out
    assert "Há um algarismo no código de um Estado; nenhum Estado o tem." in said


def test_typed_small_letters_and_guillemets_are_understood(terminal):
    found = terminal.types("mrz", "parse", OLD[0].lower().replace("<<", "«"), OLD[1].lower(), "--json").json
    assert found["lines"] == list(OLD)
