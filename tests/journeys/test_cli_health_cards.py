"""Cards of the health step: the supervisor signs and prints them, health hands them out, the lane takes them."""

import io
import subprocess
from datetime import UTC, datetime

import pypdfium2
import pytest
from pypdf import PdfReader

from bmis.kernel.clearance_card import card_letters, open_card, typed_card
from bmis.kernel.clearance_token import read_token
from bmis.store.clearance_cards import clearance_cards
from bmis.store.clearance_keys import clearance_keys
from bmis.store.home import Home

NOW = ("--now", "2026-11-22T09:00", "--json")
AT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
POST = "MZ.L.RSG"


@pytest.fixture
def prints(terminal, tmp_path):
    def cards(*words, user="health-supervisor", folder=tmp_path):
        terminal.is_user(user)
        return terminal.types("health", "cards", "--folder", folder, *words, *NOW, schema="health-cards")

    return cards


def scanned(pdf, tmp_path):
    """Return what an independent reader finds on each page. It looks from three distances: of ten codes on one picture
    it misses one now and then, as a hand-held scanner does."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        codes = set()
        for dots_an_inch in (200, 300, 350):
            path = tmp_path / f"page{number}-{dots_an_inch}.png"
            page.render(scale=dots_an_inch / 72).to_pil().save(path)
            read = subprocess.run(
                ["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            codes.update(read.stdout.splitlines())
        found.append(sorted(codes))
    return found


def test_cards_are_printed_with_code_number_and_letters_and_the_lane_takes_both(prints, terminal, tmp_path):
    made = prints("--count", 11).json
    pdf = (tmp_path / made["paper"].rpartition("/")[2]).read_bytes()
    home = Home.open(terminal.home)
    cover, first, second = scanned(pdf, tmp_path)

    assert (made["outcome"], made["first"], made["last"]) == ("H_OK", 1, 11)
    assert (cover, len(first), len(second)) == ([], 10, 1)
    texts = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    seen = set()
    for code in (*first, *second):
        clearance = read_token(code, clearance_keys(home), POST, AT)
        seen.add(clearance.card)
        line = f"{clearance.card} {card_letters(code)}"
        assert line in texts
        assert open_card(clearance_cards(home), *typed_card(line), POST, AT) == code
    assert seen == set(range(1, 12))


def test_a_card_is_alike_whatever_it_says_and_only_the_page_for_health_tells(prints, tmp_path):
    told = {}
    for outcome in ("H_OK", "H_WITH_HEALTH"):
        made = prints("--count", 1, "--outcome", outcome).json
        pages = PdfReader(made["paper"]).pages
        told[outcome] = [page.extract_text() for page in pages]

    for outcome, (cover, cards) in told.items():
        assert outcome in cover
        assert "H_" not in cards
    alike = [
        [line for line in told[outcome][1].splitlines() if not line[:1].isdigit()]
        for outcome in ("H_OK", "H_WITH_HEALTH")
    ]
    assert alike[0] == alike[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--count", "0"), "BMIS-487"),
        (("--count", "100000"), "BMIS-487"),
        (("--outcome", "H_ILL"), "BMIS-004"),
    ],
)
def test_no_heap_that_cannot_be(prints, tmp_path, words, code):
    refused = prints(*words)

    assert refused.code in (2, 3)
    assert refused.error == code
    assert list(tmp_path.glob("*.pdf")) == []


def test_only_the_supervisor_prints_and_nothing_is_signed_for_a_folder_that_is_not_there(prints, tmp_path):
    assert prints(user="screener").code != 0
    assert prints(folder=tmp_path / "nowhere").error == "BMIS-583"

    assert prints("--count", 1).json["first"] == 1
