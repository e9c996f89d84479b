"""An afternoon of typing in paper forms, after a morning without the machine."""

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import ENTER, NOW, Colleague, an_hour_ago
from PySide6.QtCore import Qt

from bmis.crossings.crossing import RecordMode
from bmis.crossings.decision import Decision
from bmis.crossings.paperwork.forms import FormState
from bmis.kernel.actor import Role
from bmis.posts.post_setting import SettingName
from ui import compose

PASSPORT = {
    "crossed_on": "14032026",
    "crossed_at_time": "0930",
    "direction": "Entrada",
    "kind": "Passaporte",
    "issuing_state": "UTO",
    "number": "U1234567",
    "expiry_date": "01052031",
    "surname": "Macamo",
    "given_names": "Célia",
    "nationality": "UTO",
    "birth_date": "12051990",
    "sex": "F",
    "residence_country": "",
    "travel_mode": "Estrada",
    "vehicle": "MMC-12-34",
    "coming_from": "África do Sul",
    "going_to": "",
    "purpose": "Turismo",
    "intended_days": "10",
    "accommodation": "Pensão Utopia",
    "decision": "Admitido",
    "reasons": "",
    "protection_claim": "",
    "note": "",
    "written_by": "Ana Utopia",
}


@pytest.fixture
def forms(training_home):
    with Colleague(training_home, "supervisor", an_hour_ago(600)) as supervisor:
        return supervisor.desk.allocate_forms(3, supervisor.by)


@pytest.fixture
def clerk(office):
    def sign_in(role="officer", **more):
        person = office(role, **more)
        person.at("backfill")
        return person

    return sign_in


def types_form(person, form, **changed):
    """Type the paper in its order, Enter after each field, as it lies there."""
    person.fills(form.number if hasattr(form, "number") else form)
    for name, text in (PASSPORT | changed).items():
        assert person.focus() is person.desk.fields.fields[name].field, name
        person.fills(text)
    return person


def keeps(person):
    """F12 leads to each check that is not clear, Space accepts it, and the last F12 keeps."""
    assert person.desk.findings.findings()
    while not person.desk.model.is_ready:
        person.presses(Qt.Key.Key_F12).presses(Qt.Key.Key_Space)
    return person.presses(Qt.Key.Key_F12)


def kept(training_home, form):
    with Colleague(training_home, "supervisor") as supervisor:
        state = next(one for one in supervisor.desk.forms(supervisor.by) if one.number == form.number)
        return state, supervisor.desk.show(state.crossing_id, supervisor.by).crossing if state.crossing_id else None


def test_a_form_is_typed_in_by_keyboard_and_kept_with_its_writer(clerk, forms, training_home):
    person = types_form(clerk(), forms[0])

    keeps(person)

    assert f"O formulário {forms[0].number} foi guardado como" in person.reads()
    form, crossing = kept(training_home, forms[0])
    assert form.state is FormState.USED
    assert crossing.record_mode is RecordMode.PAPER_BACKFILL
    assert (crossing.request.written_by, crossing.by) == ("Ana Utopia", "officer")
    assert crossing.crossed_at == NOW.replace(hour=7, minute=30), "09:30 on the wall clock of the post"
    assert crossing.document.shown_given_names == "Célia"
    assert crossing.request.journey.intended_days == 10
    assert person.focus() is person.desk.number, "ready for the next form"
    assert not person.desk.model.is_begun


def test_a_number_that_was_misread_is_said_at_once(clerk, forms):
    wrong = forms[0].number[:-1] + ("A" if forms[0].number[-1] != "A" else "B")

    person = clerk().fills(wrong)

    assert "BMIS-274" in person.desk.number.accessibleDescription()


def test_enter_on_the_last_field_leads_to_what_is_missing(clerk, forms):
    person = types_form(clerk(), forms[0], surname="")

    assert person.focus() is person.desk.fields.fields["surname"].field
    assert person.focus().accessibleDescription() == "Preencha este campo"


def test_a_time_that_is_none_is_said(clerk, forms):
    person = types_form(clerk(), forms[0], crossed_at_time="2570")

    assert "BMIS-324" in person.reads()
    assert "Hora (24 h)" in person.reads()


def test_a_field_the_paper_lacks_is_kept_with_the_reason(clerk, forms, training_home):
    person = types_form(clerk(), forms[0], expiry_date="")
    assert "Não consta do formulário" in person.dialog.windowTitle()

    person.fills("Ilegível")
    keeps(person)

    assert kept(training_home, forms[0])[1].document.missing["expiry_date"] == "ILLEGIBLE"


def test_what_is_changed_after_the_checks_is_checked_again(clerk, forms):
    person = types_form(clerk(), forms[0])
    assert person.desk.findings.findings()

    person.desk.fields.fields["surname"].field.setFocus()
    person.types("x")

    assert person.desk.findings.findings() == ()
    assert person.desk.banner.text().startswith("NÃO VERIFICADO")


def test_a_form_older_than_two_hours_needs_a_second_person(clerk, forms, training_home):
    person = types_form(clerk(), forms[0], crossed_at_time="0615")
    keeps(person)
    assert "uma segunda pessoa" in person.dialog.accessibleDescription()

    person.fills("supervisor", "errada")
    assert "BMIS-047" in person.dialog.trouble.text()
    person.fills("supervisor", "treino")

    assert person.dialog is None
    assert kept(training_home, forms[0])[1].second_officer == "supervisor"


def test_a_single_officer_may_owe_the_signature(clerk, forms, training_home):
    with Colleague(training_home, "supervisor", an_hour_ago(500)) as supervisor:
        supervisor.desk.set_post_setting(
            SettingName.SINGLE_OFFICER, True, valid_from=NOW.date(), reason="Equipa reduzida", by=supervisor.by
        )
    person = types_form(clerk(), forms[0], crossed_at_time="0615")
    keeps(person)

    person.presses(ENTER).presses(ENTER)

    assert person.dialog is None
    assert kept(training_home, forms[0])[1].second_officer is None
    with Colleague(training_home, "supervisor") as supervisor:
        assert [one.action for one in _owed(supervisor)] == ["crossing.backfill"]


def _owed(colleague):
    from bmis.staff.second_pair_of_eyes import pending_approvals

    with colleague.session.store.read() as unit:
        return pending_approvals(unit, NOW)


def test_a_refusal_on_paper_without_an_answer_on_protection_is_not_kept(clerk, forms, training_home):
    refused = {"decision": "Entrada", "reasons": "A2", "protection_claim": ""}
    person = types_form(clerk(), forms[0], **refused)
    keeps(person)
    assert "BMIS-247" in person.reads()

    person.desk.fields.fields["protection_claim"].field.setFocus()
    person.types("n")
    person.presses(Qt.Key.Key_F12)
    keeps(person)

    crossing = kept(training_home, forms[0])[1]
    assert (crossing.decision, crossing.verdict.reasons) == (Decision.REFUSED_ENTRY, ("A2",))
    assert crossing.verdict.refusal.protection_claim is False


def test_a_form_that_was_used_is_refused(clerk, forms, training_home):
    person = types_form(clerk(), forms[0])
    keeps(person)

    types_form(person, forms[0], number="U7654321", surname="Matola")
    keeps(person)

    assert "BMIS-276" in person.reads()
    assert person.desk.model.is_begun, "what was typed stays on the screen"


def test_forms_skipped_on_the_way_are_listed(clerk, forms):
    person = types_form(clerk(), forms[2])
    keeps(person)

    assert person.desk.missing.text() == f"Formulários em falta: {forms[0].number}, {forms[1].number}"


def test_leaving_a_form_half_typed_asks_once(clerk, forms):
    person = clerk().fills(forms[0].number, "14032026")

    person.presses(Qt.Key.Key_Escape)
    assert person.focus() is person.dialog.no
    person.presses(ENTER)
    assert person.desk.model.is_begun

    person.presses(Qt.Key.Key_Escape).presses(Qt.Key.Key_Backtab).presses(Qt.Key.Key_Space)
    assert not person.desk.model.is_begun
    assert person.focus() is person.desk.number


def test_an_identity_card_is_typed_in_like_a_passport(clerk, forms, training_home):
    card = {
        "kind": "Bilhete",
        "issuing_state": "MOZ",
        "nationality": "MOZ",
        "number": "110100123456B",
        "purpose": "",
        "intended_days": "",
        "accommodation": "",
    }
    person = types_form(clerk(), forms[0], **card)
    keeps(person)

    crossing = kept(training_home, forms[0])[1]
    assert (crossing.document.kind, crossing.document.number) == ("identity_card_moz", "110100123456B")


def test_an_auditor_has_no_back_fill_desk(office, training_home):
    with compose.open_home(training_home, NOW).sign_in("auditor", "treino") as session:
        assert session.actor.role is Role.AUDITOR
    assert "backfill" not in office("auditor").frame._desks


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, forms, language):
    person = office("officer", language=language)
    person.frame.show_desk("backfill")
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
