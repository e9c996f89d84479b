"""The assessment of core capacities at the desk: one key an answer, never lost, kept under a name, compared."""

from health_post_robot import DAY, ENTER, F5, F12, Doctor
from PySide6.QtCore import Qt

DIGIT = {str(at): getattr(Qt.Key, f"Key_{at}") for at in range(1, 10)}


def form(post, qtbot, **more):
    """Return somebody on the list of questions."""
    person = post(**more).goes("capacity", 2)
    qtbot.waitUntil(lambda: bool(person.page.list.lines()))
    person.line(person.page.list.lines()[0].key)
    return person


def kept(training_home):
    with Doctor(training_home) as doctor:
        return doctor.stores.assessments(doctor.by)


def answers(person):
    return [(line.cells[0].split()[0], line.cells[1]) for line in person.page.list.lines() if line.cells[1] != "—"]


def test_one_key_answers_a_question_and_what_nobody_answered_is_no_no(post, qtbot, training_home):
    person = form(post, qtbot)
    asked = len(person.page.list.lines())
    assert not person.page.buttons["keep"].isEnabled()  # an assessment without an answer says nothing
    person.presses(DIGIT["1"]).presses(DIGIT["3"]).presses(DIGIT["5"])
    person.presses(DIGIT["4"]).answers(comment="Não há transportadores de carreira")
    assert answers(person) == [
        ("C01", "Existe e funciona +"),
        ("C02", "Não existe +"),
        ("C03", "Não verificado"),
        ("C04", "Não se aplica"),
    ]

    # C02 is a gap: what will be done, by whom, until when; C01 was seen in a document and heard
    person.line("C02").presses(ENTER)
    person.answers(gap_action="Afixar o número", responsible="Chefe do posto", due="01122026")
    person.line("C01").presses(ENTER).answers(evidence_seen="13")
    assert answers(person)[:2] == [("C01", "Existe e funciona"), ("C02", "Não existe")]
    assert f"Respondidas: 4 de {asked}." in person.page.banner.text()

    person.presses(F12)
    said = person.dialog.accessibleDescription()
    assert "50,0 % (2 de 4)" in said  # FULL and NONE alone have a value: the denominator leaves the rest out
    assert "Instrumento de planificação" in said
    person.agrees()
    qtbot.waitUntil(lambda: bool(kept(training_home)))
    (one,) = kept(training_home)
    assert one.kept.by == "health-supervisor"
    assert one.assessment.items["C01"].evidence_seen == ("DOCUMENT", "INTERVIEW")
    assert one.kept.blocks[0].points == 2
    assert one.kept.blocks[0].possible == 4
    assert not one.kept.complete
    assert one.gaps[0].responsible == "Chefe do posto"
    assert person.page.topic == "capacity"  # one stands on the kept one
    assert not person.desk.has_draft()


def test_what_was_typed_survives_the_end_of_the_program(post, qtbot, training_home):
    person = form(post, qtbot)
    person.presses(DIGIT["2"]).presses(DIGIT["1"])
    person.ends()
    person = form(post, qtbot)
    qtbot.waitUntil(lambda: bool(answers(person)))
    assert answers(person) == [("C01", "Existe em parte +"), ("C02", "Existe e funciona +")]
    assert kept(training_home) == ()

    person.line("C02").presses(DIGIT["7"])
    assert answers(person) == [("C01", "Existe em parte +")]
    person.does("anew").agrees()
    qtbot.waitUntil(lambda: answers(person) == [] and bool(person.page.list.lines()))


def test_it_is_compared_with_the_one_before_and_the_paper_can_be_had_beforehand(post, qtbot, training_home):
    earlier = {
        "poe": "Fronteira do Ensaio",
        "poe_type": "GROUND",
        "assessed_on": "2026-05-01",
        "tool_version": "0.1",
        "items": {"C01": {"answer": "NONE"}, "C02": {"answer": "FULL"}},
    }
    with Doctor(training_home) as doctor:
        doctor.stores.keep_assessment(earlier, doctor.by)
    person = form(post, qtbot)
    assert "Fronteira do Ensaio" in person.page.banner.text()  # the words of the one before, else nothing compares
    person.presses(DIGIT["1"]).presses(DIGIT["2"])
    rows = dict(person.page.facts.facts())
    assert rows["Comparação com 01/05/2026"].startswith("C 2 → 3 de 4")
    assert rows["Melhor"] == "C01"
    assert rows["Pior"] == "C02"
    person.presses(F5)
    qtbot.waitUntil(lambda: person.dialog is not None)
    assert kept(training_home)[0].assessment.assessed_on < DAY  # a paper keeps nothing


def test_a_day_to_come_and_a_digit_of_no_evidence_are_refused_where_they_stand(post, qtbot, training_home):
    person = form(post, qtbot)
    person.presses(DIGIT["1"])
    person.line("C01").presses(ENTER).answers(evidence_seen="9")
    assert "BMIS-590" in person.dialog.trouble.text()
    assert person.focus() is person.dialog.fields["evidence_seen"]
    person.answers(evidence_seen="2")
    assert answers(person) == [("C01", "Existe e funciona")]
    person.does("header").answers(assessed_on="31122026")
    assert "BMIS-452" in person.dialog.trouble.text()
