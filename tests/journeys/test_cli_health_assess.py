"""Core capacities at the terminal: scores, gaps, a comparison, the PDF; for people of health only."""

import io
import json

import pytest
from pypdf import PdfReader

ITEMS = {
    "C01": {"answer": "FULL", "evidence_seen": ["DOCUMENT"]},
    "C02": {"answer": "NONE", "gap_action": "Afixar o número", "responsible": "Chefe do posto", "due": "2026-10-01"},
}
NOW = {"poe": "MZ.L.RSG", "poe_type": "GROUND", "assessed_on": "2026-11-01", "tool_version": "0.1", "items": ITEMS}


@pytest.fixture
def supervisor(terminal):
    """The health supervisor at a terminal."""
    return terminal.is_user("health-supervisor")


def kept(path, said):
    path.write_text(json.dumps(said), encoding="utf-8")
    return str(path)


def test_scores_gaps_and_the_paper(supervisor, tmp_path):
    out = tmp_path / "a.pdf"
    answer = supervisor.types(
        "health", "assess", kept(tmp_path / "now.json", NOW), "--out", str(out), "--json", schema="health-assess"
    )

    assert answer.code == 0
    assert [one["percent"] for one in answer.json["blocks"]] == [50.0, None, None]
    assert answer.json["gaps"][0]["overdue"] is True
    assert answer.json["report"] == str(out)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(out.read_bytes())).pages)
    assert "Chefe do posto" in text
    assert "health-supervisor" in text
    assert "TREINO" in text


def test_an_earlier_assessment_is_compared(supervisor, tmp_path):
    before = NOW | {"assessed_on": "2025-05-01", "items": {"C02": {"answer": "PART"}}}
    answer = supervisor.types(
        "health",
        "assess",
        kept(tmp_path / "now.json", NOW),
        "--previous",
        kept(tmp_path / "before.json", before),
        "--json",
        schema="health-assess",
    )

    assert answer.json["comparison"]["worse"] == ["C02"]


def test_a_person_reads_that_it_is_a_planning_aid(supervisor, tmp_path):
    answer = supervisor.types("health", "assess", kept(tmp_path / "now.json", NOW))

    assert "Bloco C · Coordenação e comunicação: 50,0 % (2 de 4)" in answer.out
    assert "sem pontuação" in answer.out
    (gap,) = [line for line in answer.out.splitlines() if line.strip().startswith("C02")]
    assert "Ponto Focal Nacional" in gap  # the question, not the bare code
    assert gap.endswith("Não existe · Afixar o número · Chefe do posto · 01/10/2026 · FORA DO PRAZO")
    assert "planificação" in answer.out
    assert "certif" not in answer.out.lower()


def test_a_paper_is_never_written_over(supervisor, tmp_path):
    out = tmp_path / "a.pdf"
    out.write_bytes(b"kept")
    answer = supervisor.types("health", "assess", kept(tmp_path / "now.json", NOW), "--out", str(out), "--json")

    assert (answer.code, answer.error) == (3, "BMIS-297")
    assert out.read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("said", "code", "error"),
    [
        ("not json", 2, "BMIS-006"),
        (json.dumps(NOW | {"poe_type": "RAIL"}), 2, "BMIS-007"),
        (json.dumps(NOW | {"items": {"Z99": {"answer": "FULL"}}}), 3, "BMIS-450"),
        (json.dumps(NOW | {"assessed_on": "2026-02-30"}), 3, "BMIS-451"),
        (json.dumps(NOW | {"assessed_on": "2126-01-01"}), 3, "BMIS-452"),
    ],
)
def test_what_cannot_be_is_answered_with_its_code(supervisor, tmp_path, said, code, error):
    path = tmp_path / "wrong.json"
    path.write_text(said, encoding="utf-8")
    answer = supervisor.types("health", "assess", str(path), "--json")

    assert (answer.code, answer.error) == (code, error)


def test_an_epidemiologist_assesses_as_the_supervisor_does(supervisor, tmp_path):
    answer = supervisor.is_user("epidemiologist").types("health", "assess", kept(tmp_path / "now.json", NOW), "--json")

    assert answer.code == 0


@pytest.mark.parametrize("role", ["officer", "admin", "auditor", "screener"])
def test_it_is_not_for_people_of_the_border_nor_of_the_queue(supervisor, tmp_path, role):
    answer = supervisor.is_user(role).types("health", "assess", kept(tmp_path / "now.json", NOW), "--json")

    assert (answer.code, answer.error) == (3, "BMIS-010")


def test_an_empty_file_with_every_question_can_be_filled_in_and_read_back(supervisor, tmp_path):
    file = tmp_path / "vazio.json"
    answer = supervisor.types("health", "assess", "--template", str(file), "--json", schema="health-assess-template")
    blank = json.loads(file.read_text(encoding="utf-8"))

    assert answer.code == 0
    assert answer.json["items"] == len(blank["items"]) > 30
    assert {one["answer"] for one in blank["items"].values()} == {None}
    assert "Ponto Focal" in blank["items"]["C02"]["question"]
    assert supervisor.types("health", "assess", "--template", str(file), "--json").error == "BMIS-297"  # never over it

    # as it is, nothing was answered, which is no 0 %; answered by hand, the one answer counts
    scored = supervisor.types("health", "assess", str(file), "--evaluate", "--json", schema="health-assess").json
    assert [one["percent"] for one in scored["blocks"]] == [None, None, None]
    assert sum(len(one["unanswered"]) for one in scored["blocks"]) == len(blank["items"])
    blank["items"]["C01"] |= {"answer": "FULL", "evidence_seen": ["DRILL"]}
    file.write_text(json.dumps(blank), encoding="utf-8")
    scored = supervisor.types("health", "assess", str(file), "--evaluate", "--json", schema="health-assess").json
    assert [one["percent"] for one in scored["blocks"]] == [100.0, None, None]


@pytest.mark.parametrize("wrong", [["--template", "x.json", "a.json"], ["--template", "x.json", "--evaluate"], []])
def test_a_template_is_written_alone_and_an_assessment_needs_its_file(supervisor, wrong):
    assert supervisor.types("health", "assess", *wrong, "--json").code == 2
