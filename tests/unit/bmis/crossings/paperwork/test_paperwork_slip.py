from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from bmis.crossings.crossing import EventKind, Journey, Refusal, StayAuthority
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.errors import CrossingUnknownError
from bmis.crossings.paperwork.errors import NoNoticeError
from bmis.crossings.paperwork.notice import notice_of
from bmis.crossings.paperwork.record_print import CountPrints, Printed, RecordPrint
from bmis.crossings.paperwork.slip import slip_of
from bmis.crossings.paperwork.words import crossing_number, decision_words
from bmis.kernel.i18n import speaking
from bmis.kernel.identifiers import new_id
from bmis.paper.notice import refusal_notice
from bmis.paper.page import A6, ROLL_80MM
from bmis.paper.slip import crossing_slip

POST = "Ressano Garcia"


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def slip(clock):
    def make(crossing, language="pt", **more):
        return slip_of(crossing, language=language, post_name=POST, printed_at=clock(), printed_by="officer", **more)

    return make


@pytest.fixture
def notice(clock):
    def make(crossing):
        return notice_of(crossing, post_name=POST, officer="Agente Cossa", printed_at=clock(), printed_by="officer")

    return make


@pytest.fixture
def refused(post, passport):
    def refuse(nationality="UTO", journey=None, refusal=None, **more):
        request = post.request(passport(nationality=nationality), journey=journey or Journey(carrier="Bus 12"))
        return post.decides(
            request,
            Decision.REFUSED_ENTRY,
            reasons=("E1", "Z9"),
            reason_text="diz que dorme na rua",
            refusal=refusal or Refusal(protection_claim=False),
            **more,
        )

    return refuse


@pytest.mark.parametrize("sheet", [A6, ROLL_80MM])
def test_the_slip_says_who_where_when_and_that_no_stay_was_calculated(post, slip, passport, sheet):
    crossing = post.passes(passport())

    text = text_of(crossing_slip(slip(crossing), sheet))

    assert "TREINO — SEM VALIDADE" in text
    assert "Admitido" in text
    assert "Admitted" in text
    assert "TEMBE, ANA LUISA" in text
    assert "22/11/2026 08:00 (UTC+2)" in text
    assert "Permanência não calculada" in text
    assert crossing_number(crossing) in text.replace(" ", "")


def test_a_stay_that_was_typed_is_printed_with_its_authority(post, slip, passport):
    stay = StayAuthority(stay_until=date(2026, 12, 21), typed_authority="Visto de fronteira 123")
    crossing = post.passes(passport(), stay=stay)

    assert slip(crossing).stay == "21/12/2026 — Visto de fronteira 123"
    assert "21/12/2026 — Visto de fronteira 123" in text_of(crossing_slip(slip(crossing)))


def test_nobody_grants_a_stay_to_a_national_or_to_one_who_leaves(post, slip, passport, identity_card):
    assert slip(post.passes(identity_card())).stay_applies is False
    assert slip(post.passes(passport(), Direction.EXIT)).stay_applies is False


def test_the_code_names_the_crossing_and_no_person(post, slip, passport):
    crossing = post.passes(passport())

    assert slip(crossing).qr_text == f"BMIS-X1:{crossing.id}:1:{post.store.home.desk_id}"


def test_the_slip_in_english_says_a_document_number_that_is_not_known(post, slip, identity_card):
    card = identity_card(number=None, missing={"number": "ILLEGIBLE"})
    text = text_of(crossing_slip(slip(post.passes(card, Direction.EXIT), "en", copy_number=2)))

    assert "Exit slip" in text
    assert "Exit recorded" in text
    assert "not stated" in text
    assert "Copy 2" in text


def test_who_waits_for_secondary_holds_no_decision(post, slip, passport):
    pending = post.decides(post.request(passport()), Decision.PENDING_SECONDARY)

    assert "Ainda não há decisão" in text_of(crossing_slip(slip(pending)))


@pytest.mark.parametrize("decision", list(Decision))
def test_every_decision_has_words_in_both_languages(decision):
    with speaking("pt"):
        portuguese = decision_words(decision)
    with speaking("en"):
        assert decision_words(decision) != portuguese


def test_the_notice_gives_reasons_appeal_and_rights_in_both_languages(refused, notice):
    text = text_of(refusal_notice(notice(refused())))

    for words in (
        "Desconhecimento do local de hospedagem",
        "E1",
        "Z9",
        "diz que dorme na rua",
        "reclamar ou recorrer",
        "object to it or appeal",
        "carece de validação jurídica",
        "needs legal sign-off",
        "Agente Cossa",
        "Recusou assinar",
        "Refused to sign",
        "22/11/2026 08:00 (UTC+2)",
        "diplomática ou consular",
        "transportador",
        "não significa interdição",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("informed", "said"),
    [(True, "foi informada."), (False, "ainda não foi informada"), (None, "Não foi registado se a representação")],
)
def test_the_notice_says_what_is_known_of_the_consulate(refused, notice, informed, said):
    crossing = refused(refusal=Refusal(protection_claim=False, consulate_informed=informed))

    assert said in notice(crossing).consular.pt


def test_no_state_is_told_where_a_refugee_is(refused, notice):
    assert notice(refused(nationality="XXB")).consular is None


def test_the_carrier_is_named_only_where_there_is_one(refused, notice):
    assert notice(refused(journey=Journey(travel_mode="foot"))).carrier is None


def test_a_prevented_exit_has_a_notice_of_its_own(post, notice, identity_card):
    request = post.request(identity_card(), Direction.EXIT)
    crossing = post.decides(request, Decision.EXIT_PREVENTED, reasons=("X1",))

    made = notice(crossing)
    text = text_of(refusal_notice(made))

    assert made.consular is None  # of a national
    assert "Interdição judicial de saída" in text
    assert "recorre-se para o tribunal" in text
    assert "não significa interdição" not in text


def test_a_reason_that_left_the_list_keeps_its_words(refused, notice):
    crossing = refused()
    verdict = replace(crossing.verdict, reasons=("A1", "ZZ"), reason_text=None)
    long_ago = replace(crossing, verdict=verdict, crossed_at=crossing.crossed_at - timedelta(days=9000))

    first, unknown = notice(long_ago).reasons

    assert first.words.pt.startswith("Sem documento")
    assert (unknown.code, unknown.words.en) == ("ZZ", "ZZ")


def test_who_was_let_through_gets_no_notice(post, notice, passport):
    with pytest.raises(NoNoticeError):
        notice(post.passes(passport()))


def test_printing_is_an_event_and_the_next_print_is_a_copy(post, clock, passport):
    crossing = post.passes(passport())
    record = RecordPrint(post.store.write, clock)

    event = record(crossing.id, Printed.SLIP, post.officer)
    record(crossing.id, Printed.NOTICE, post.officer)

    assert (event.kind, event.reason, event.crossing_id) == (EventKind.PRINTED, "slip", crossing.id)
    assert CountPrints(post.store.read)(crossing.id, Printed.SLIP) == 1
    assert post.rows("audit") == 3
    with pytest.raises(CrossingUnknownError):
        record(new_id(), Printed.SLIP, post.officer)
