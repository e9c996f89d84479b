"""Exports, openings, retention and capacities at the health supervisor's desk."""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from health_post_robot import F5, F12, NOW, Doctor

from bmis.kernel.i18n import speaking
from bmis.kernel.identifiers import new_id
from poe_health.capacity.checklist import checklist
from poe_health.exchange.export_event import ExportEvent, ExportKind
from poe_health.exchange.export_health import Sent
from poe_health.exchange.package import Level
from poe_health.exchange.read_exports import ReadExports
from poe_health.exchange.records import SqlExchange
from poe_health.exchange.results import Outcome, RecordResult
from poe_health.exchange.send import Transfer
from poe_health.outbreaks.run_outbreak_mode import APPROVE_LIST
from ui.desktop.health_supervisor.view_exports import ExportsPage
from ui.desktop.health_supervisor.view_lists import ListsPage
from ui.desktop.health_supervisor.view_model import PostModel
from ui.desktop.workers.runner import InlineRunner
from ui.office.health_supervisor import health_post
from ui.words.errors import describe


def test_an_export_says_to_whom_and_why_and_stands_in_the_log(post, training_home, tmp_path):
    with Doctor(training_home) as doctor:
        doctor.screens(7)
    person = post().goes("exports").presses(F12)
    target = tmp_path / "publico.csv"
    person.answers(
        receiver="ta", level="contagens,", first="01112026", reason="x", recipient="Jornal", path=str(target)
    )
    assert "BMIS-" in person.dialog.trouble.text()
    assert not target.exists()
    person.answers(reason="Boletim semanal do distrito")
    assert target.read_text(encoding="utf-8").strip()
    page = person.page
    with Doctor(training_home) as doctor:
        (logged,) = ReadExports(doctor.session.store.read)(doctor.by)
    assert (logged.level, logged.recipient, logged.reason) == (Level.PUBLIC, "Jornal", "Boletim semanal do distrito")
    assert ("Para quem", "Jornal") in page.facts.facts()
    assert str(target) in page.facts.text()
    assert not page.buttons["send"].isEnabled()  # a training home sends nothing

    # names only to a health service, and nothing is written over
    person.presses(F12).answers(receiver="ta", level="casos", reason="Pedido", recipient="Jornal",
                                path=str(tmp_path / "nomes.csv"))  # fmt: skip
    assert not (tmp_path / "nomes.csv").exists()
    assert "BMIS-" in person.dialog.trouble.text()


def test_a_case_that_was_sent_and_voided_since_stands_in_red_until_it_is_taken_back(post, training_home):
    at = NOW - timedelta(hours=2)
    with Doctor(training_home, at=at) as doctor:
        (view,) = doctor.screens(1, at=at)
        store = doctor.session.store
        log = SqlExchange(store.write, store.read, doctor.session.now, doctor.by.name)
        log.keep(sent_before(view.id, at, doctor.by))
    with Doctor(training_home) as doctor:
        doctor.desk.void(view.id, "escrito para outra pessoa", doctor.by)

    person = post().goes("exports")
    page = person.page

    line = page.list.lines()[0]
    assert (line.status, line.cells[2]) == ("red", "A corrigir lá: 1")
    assert page.banner.text().startswith("PARAR")
    assert "anulado: o próximo envio retira-o de lá" in page.facts.text()


def test_lists_that_nobody_renewed_are_grey_with_their_age(post, training_home):
    with Doctor(training_home, at=NOW - timedelta(days=20)) as doctor:
        approves_lists(doctor)
    page = post().goes("outbreaks", 2).page

    assert isinstance(page, ListsPage)
    assert "Antigas: surtos (lista antiga: 20 dias), áreas afectadas (lista antiga: 20 dias)" in page.banner.text()


def sent_before(case, at, by):
    """Return the line of the log of a case that DHIS2 has."""
    day = at.date()
    return ExportEvent(
        new_id(at), ExportKind.SENT, by.name, by.role.value, "dhis2-tracker", "cases", day, day, "semanal", "MISAU", 1,
        1, (), {}, "", target="dhis2-tracker sis-ma.utopia", things={str(case): ["aB3dE5fG7hJ"]},
    )  # fmt: skip


def approves_lists(doctor):
    """Put an empty list of both kinds in force."""
    for approve in (doctor.desk.approve_lists.outbreaks, doctor.desk.approve_lists.areas):
        subject, day = uuid4(), doctor.desk.today()
        signed = doctor.desk.second.immediate(APPROVE_LIST, subject, "epidemiologist", "treino", doctor.by)
        approve(subject, (), day, "boletim semanal", doctor.by, signed)


def test_what_the_receiver_refused_is_read_back_with_its_reason(qtbot, training_home):
    with Doctor(training_home) as doctor, speaking("pt"):
        asked = []

        def send(request, by, endpoint, pause, *, dry_run):
            asked.append((request, endpoint, dry_run))
            refused = RecordResult("caso-1", Outcome.REFUSED, "ORG_UNIT_UNKNOWN", ("E1011",))
            event = SimpleNamespace(id=uuid4(), outcomes={"refused": 1, "would_accept": 2})
            return Sent(SimpleNamespace(notes=()), event, Transfer((refused,), {}))

        exports = SimpleNamespace(send=send)
        parts = replace(health_post(doctor.session), exports=exports, training=False)
        page = ExportsPage(PostModel(parts, InlineRunner()), describe)
        qtbot.addWidget(page)
        page.refresh()
        assert page.buttons["send"].isEnabled()
        page.ask_send()
        fields = page.dialog.fields
        fields["receiver"].setCurrentIndex(fields["receiver"].findData("dhis2-tracker"))
        for name, text in (("reason", "Ensaio"), ("recipient", "MISAU"), ("address", "https://dhis2.example"),
                           ("secret", "segredo")):  # fmt: skip
            fields[name].setText(text)
        page.dialog._try()
        assert asked[0][2] is True  # a trial unless one says otherwise
        assert ("caso-1", "o servidor não conhece o posto E1011") in page.facts.facts()
        assert "segredo" not in page.facts.text()


def test_openings_are_listed_with_who_and_when(post, training_home):
    with Doctor(training_home) as doctor:
        (view,) = doctor.screens(1, temperature=38.9)
    with Doctor(training_home, "epidemiologist") as doctor:
        doctor.desk.show.break_glass(view.id, "Investigar um surto em Tete", doctor.by)
    person = post().goes("exports", 2)
    with Doctor(training_home) as doctor:
        opened = doctor.desk.access_log(NOW - timedelta(days=30), doctor.by)
    assert len(person.page.list.lines()) == len(opened) > 0
    assert person.page.list.lines()[0].status == "red"
    assert "Investigar um surto em Tete" in person.page.facts.text()


def test_retention_shows_what_is_due_then_takes_it_and_the_counts_stay(post, training_home):
    old = NOW - timedelta(days=40)
    with Doctor(training_home, at=old) as doctor:
        doctor.screens(3, at=old)
    person = post().goes("exports", 3)
    assert "Vencidos agora: 3" in person.page.banner.text()
    person.presses(F12).agrees()
    assert person.page.banner.text().startswith("CONFORME")
    with Doctor(training_home) as doctor:
        assert dict(doctor.desk.retention.due(doctor.by).due) == {}
        assert doctor.day.read(old.date(), doctor.by).counted.counts.screened == 3


def test_an_assessment_is_scored_kept_and_compared_with_the_one_before(post, training_home, tmp_path, tray):
    codes = [item.code for item in checklist().items_of("GROUND")][:3]
    said = {"poe": "MZ.L.RSG", "poe_type": "GROUND", "assessed_on": "2026-05-01", "tool_version": "0.1"}
    earlier = said | {"items": {code: {"answer": "NONE"} for code in codes}}
    now = said | {
        "assessed_on": "2026-11-01",
        "items": {codes[0]: {"answer": "FULL", "evidence_seen": ["DOCUMENT"]}, codes[1]: {"answer": "NONE"}},
    }
    for name, document in (("antes.json", earlier), ("agora.json", now)):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    person = post().goes("capacity")
    page = person.page
    person.does("open").answers(path=str(tmp_path / "antes.json"))
    assert page.unsaved()
    assert "Organização Mundial da Saúde" in page.facts.text()
    person.presses(F12)
    person.does("open").answers(path=str(tmp_path / "agora.json"))
    assert ("Melhor", codes[0]) in page.facts.facts()
    person.presses(F12)
    with Doctor(training_home) as doctor:
        newest, first = doctor.stores.assessments(doctor.by)
    assert [line.key for line in page.list.lines()] == [newest.kept.id, first.kept.id]
    person.line(newest.kept.id)
    block = newest.kept.blocks[0]
    assert f"{block.points} de {block.possible}" in page.facts.text()
    person.does("gap").answers(item=codes[1], responsible="Chefe do posto", due="31122026")
    with Doctor(training_home) as doctor:
        gap = next(one for one in doctor.stores.assessments(doctor.by)[0].gaps if one.item == codes[1])
    assert gap.responsible == "Chefe do posto"
    person.presses(F5).prints()
    assert tray.papers[0][1].startswith(b"%PDF")


def test_an_epidemiologist_applies_no_retention(post):
    person = post("epidemiologist").goes("exports", 3)
    assert not person.page.buttons["apply"].isEnabled()
    assert "voyages" not in person.desk._sections
