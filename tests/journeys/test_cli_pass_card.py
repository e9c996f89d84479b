"""A pass on paper at the terminal: printed, read back from the paper, counted, and never printed after its end."""

import io

import pytest
from PIL import Image

from tests.journeys.pass_terminal import issued
from tests.printed_passes import pages, text_of


@pytest.fixture
def one(types):
    return issued(types)


def test_the_card_that_was_written_proves_itself_until_it_is_suspended(types, one, tmp_path):
    card = tmp_path / "card.pdf"
    told = types("pass", "card", one["number"], "--out", card, schema="pass-card")
    assert (told.code, told.json["copy"], told.json["form"]) == (0, 1, "cr80")
    back = tmp_path / "back.png"
    pages(card.read_bytes())[1].save(back)

    assert types("seal", "verify", back, schema="seal-verify").json[0]["answer"] == "valid"

    types("pass", "suspend", one["number"], "--reason", "emprestado", "--ground", "LENT", schema="pass-change")
    assert types("seal", "verify", back, schema="seal-verify").json[0]["answer"] == "seal_revoked"
    refused = types("pass", "card", one["number"], "--out", tmp_path / "again.pdf", schema="pass-card")
    assert refused.error == "BMIS-670"
    assert not (tmp_path / "again.pdf").exists()


def test_every_other_form_is_written_and_counted(types, one, tmp_path):
    files = {form: tmp_path / form for form in ("a6", "qr", "slip")}
    for form, file in files.items():
        made = types("pass", "card", one["number"], "--form", form, "--out", file, schema="pass-card").json
        assert (made["form"], made["copy"], made["bytes"]) == (form, 1, len(file.read_bytes()))
    again = types("pass", "card", one["number"], "--form", "a6", "--out", files["a6"], schema="pass-card").json

    assert again["copy"] == 2
    assert Image.open(io.BytesIO(files["qr"].read_bytes())).format == "PNG"
    assert one["number"] in text_of(files["a6"].read_bytes())
    assert one["number"] in text_of(files["slip"].read_bytes())
    assert types("db", "verify", by="auditor").code == 0


def test_no_poster_and_no_pass_of_an_officer_of_the_lane(types, one, tmp_path):
    file = tmp_path / "x.pdf"
    answer = types("pass", "card", one["number"], "--form", "poster", "--out", file)
    assert answer.code == 2
    assert "--form" in answer.out + answer.err
    assert types("pass", "card", one["number"], "--out", file, by="officer").code != 0
    assert not file.exists()


def test_a_card_that_could_not_be_written_is_no_copy(types, one, tmp_path):
    nowhere = types("pass", "card", one["number"], "--out", tmp_path / "nowhere" / "card.pdf", schema="pass-card")
    folder = types("pass", "card", one["number"], "--out", tmp_path, schema="pass-card")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    link = types("pass", "card", one["number"], "--out", tmp_path / "link.pdf", schema="pass-card")
    assert (nowhere.error, folder.error, link.error) == ("BMIS-703", "BMIS-794", "BMIS-794")

    told = types("pass", "card", one["number"], "--out", tmp_path / "card.pdf", schema="pass-card")

    assert told.json["copy"] == 1
    assert not (tmp_path / "elsewhere.pdf").exists()
