"""What the pass officer types at the terminal: an applicant, and a pass that is handed over."""

from uuid import uuid4

from bmis.kernel.resources import resource

NOW = "2026-11-22T10:00:00+02:00"
FACE = resource("training", "specimens", "live-sitoe.jpg")


def applicant(**more):
    person = {
        "surname": "Espécime",
        "given_names": "Utopia Ana",
        "birth_date": "1990-05-12",
        "sex": "F",
        "id_number": "110100234567B",
        "village": "Biriwiri",
    }
    return {
        "request_id": str(uuid4()),
        "scheme": "MZ-MW",
        "person": person | more.pop("person", {}),
        "purpose": "small_trade",
        "photo": str(FACE),
        "attestation": {"attester": "Régulo Espécime", "role": "village_head", "on": "2026-11-20"},
        **more,
    }


def issued(types, **more):
    asked = types("pass", "apply", "FILE", said=applicant(**more), schema="pass-apply").json
    types("pass", "approve", asked["application"], by="supervisor", schema="pass-apply")
    answer = types("pass", "issue", asked["application"], schema="pass-issue")
    assert answer.code == 0, answer.err
    return answer.json
