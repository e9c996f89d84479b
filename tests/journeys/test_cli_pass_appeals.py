"""At the terminal: appeals are recorded and decided by another, and a holder is forgotten by two."""

from tests.journeys.pass_terminal import applicant, issued


def test_an_approver_reads_the_application_first_and_years_later_its_person_is_forgotten(types):
    found = types("pass", "apply", "FILE", said=applicant()).json
    seen = types("pass", "application", found["number"], by="supervisor", schema="pass-application-show").json
    assert (seen["holder"]["person"]["surname"], seen["state"]) == ("Espécime", "PENDING_APPROVAL")
    types("pass", "withdraw", found["number"], schema="pass-application")
    person = found["person"]
    asked = ("pass", "forget", person, "--reason", "prazo de conservação")
    assert types(*asked, by="officer").error == "BMIS-010"
    assert types(*asked, by="supervisor").error == "BMIS-009"
    gone = types(*asked, second="supervisor", schema="pass-forget")
    assert gone.json["erased"] == 2
    seen = types("pass", "application", found["application"], schema="pass-application-show").json
    assert (seen["holder"], seen["photo"]) == (None, None)
    assert types("db", "verify", by="auditor").code == 0
    assert types("pass", "forget", "nobody", "--reason", "prazo", by="supervisor").code == 2


def test_a_suspension_and_a_refusal_are_appealed(types):
    one = issued(types)
    suspended = types("pass", "suspend", one["number"], "--reason", "averiguação", schema="pass-change").json
    assert types("pass", "appeal", one["number"], "--reason", "x x x", "--upheld", by="supervisor").error == "BMIS-676"
    words = ("--reason", "o cartão nunca saiu da minha mão")
    asked = types("pass", "object", suspended["notice"]["number"], *words, "--form", "written", schema="pass-object")
    assert (asked.json["number"], asked.json["appeal"]["form"]) == (one["number"], "written")
    assert types("pass", "object", one["number"], *words).error == "BMIS-677"
    assert len(types("pass", "appeals", schema="pass-appeals").json["appeals"]) == 1

    reason = ("--reason", "ouvidas as partes")
    assert types("pass", "appeal", one["number"], *reason, "--upheld").error == "BMIS-010"
    done = types("pass", "appeal", one["number"], *reason, "--upheld", by="supervisor", schema="pass-appeal").json
    assert (done["state"], done["against"], done["upheld"]) == ("ACTIVE", "pass.suspended", True)
    assert types("pass", "appeals", schema="pass-appeals").code == 1

    young = {"surname": "Utopiano", "birth_date": "2012-05-01", "id_number": "220200234567C"}
    number = types("pass", "apply", "FILE", said=applicant(person=young)).json["number"]
    types("pass", "reject", number, "--reason", "menor de idade", by="supervisor")
    assert types("pass", "object", number, *words, "--received", "2026-11-21").error == "BMIS-678"
    types("pass", "object", number, *words)
    assert types("pass", "appeal", number, *reason, "--dismissed", by="supervisor").error == "BMIS-679"
    assert types("pass", "object", number, "--form", "shouted", *words).code == 2
    assert types("db", "verify", by="auditor").code == 0
