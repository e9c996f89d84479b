"""A stand-in for a DHIS2 and a FHIR server over HTTPS that checks every rule and keeps what it takes, by identifier."""

import base64
import http.server
import ipaddress
import json
import re
import ssl
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")
WALL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000")
TOKEN = "d2pat_specimen"
TYPE, PROGRAM = "MCPQUTHX1Ze", "xymcybnBNas"  # the point-of-entry package of DHIS2
REGISTRATION, FOLLOW_UP, END = "r20KKI8mlDj", "yD7Sf9F4htv", "xjBqvhrH4S0"
STAGES, ONCE = {REGISTRATION, FOLLOW_UP, END}, {REGISTRATION, END}
FHIR_KINDS = {
    *("Patient", "Encounter", "Observation", "Condition", "QuestionnaireResponse", "ServiceRequest"),
    *("RelatedPerson", "MeasureReport"),
}


def certificate(folder, name="localhost"):
    """Return the file of a self-signed certificate and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begun = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return public, private


class Receiver:
    """The server. ``plan`` holds what the next requests meet: drop_after, drop_before, half, a status, a raw answer."""

    def __init__(self, folder, name="localhost"):
        self.ca, private = certificate(folder, name)
        self.plan, self.requests, self.wrong = [], [], []
        self.entities, self.enrolments, self.events, self.sets, self.resources = {}, {}, {}, {}, {}
        self.refuse = {}  # uid or case -> code
        self.most_entities = 1000
        self.data_elements = None
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                receiver.answer(self)

            def do_GET(self):
                receiver.wrong.append("GET")
                self.send_error(405)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.ca, private)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that refuses our certificate is what a test wants
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def base(self):
        return f"https://localhost:{self.port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler):
        length = int(handler.headers["Content-Length"])
        parts = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        body = handler.rfile.read(length)
        self.requests.append((parts.path, query, body, dict(handler.headers)))
        step = self.plan.pop(0) if self.plan else None
        if step == "drop_before":
            handler.connection.close()
            return
        if isinstance(step, tuple):
            status, headers, content = step
        else:
            status, headers, document = self.handled(handler, parts.path, query, body)
            content = b"" if document is None else json.dumps(document).encode()
        if step == "drop_after":  # stored, and the reply is lost
            handler.connection.close()
            return
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2] if step == "half" else content)
        if step == "half":
            handler.close_connection = True

    def handled(self, handler, path, query, body):
        if not self.is_ours(handler.headers.get("Authorization", "")):
            return 401, {}, {"httpStatusCode": 401, "message": "Unauthorized"}
        kind = handler.headers["Content-Type"]
        if path == "/api/tracker":
            self.must(kind == "application/json", f"content type {kind}")
            return self.tracker(query, json.loads(body))
        if path == "/api/dataValueSets":
            self.must(kind == "application/json", f"content type {kind}")
            return self.values(query, json.loads(body))
        if path == "/fhir":
            self.must(kind.startswith("application/fhir+json"), f"content type {kind}")
            return self.bundle(json.loads(body))
        return 404, {}, {"httpStatusCode": 404}

    @staticmethod
    def is_ours(header):
        basic = "Basic " + base64.b64encode(b"posto:segredo").decode()
        return header in {f"ApiToken {TOKEN}", f"Bearer {TOKEN}", basic}

    def must(self, holds, what):
        if not holds:
            self.wrong.append(what)

    # --- the tracker

    def tracker(self, query, document):
        self.must(query.get("async") == "false", "async")
        self.must(query.get("importStrategy") in {"CREATE_AND_UPDATE", "DELETE"}, "strategy")
        self.must(query.get("atomicMode") == "OBJECT", "atomic mode")
        self.must(query.get("importMode") in {"VALIDATE", "COMMIT"}, "mode")
        self.must(query.get("orgUnitIdScheme") == "CODE", "org unit scheme")
        self.must(set(document) == {"trackedEntities"}, "nested payload")
        if len(document["trackedEntities"]) > self.most_entities:
            return 413, {}, None
        if query["importStrategy"] == "DELETE":
            return self.deleted(query, document["trackedEntities"])
        errors, created, updated = [], [], []
        for entity in document["trackedEntities"]:
            found = list(self.check(entity))
            errors += found
            if found:
                continue
            uid = entity["trackedEntity"]
            (updated if uid in self.entities else created).append(uid)
            if query["importMode"] == "COMMIT":
                self.store(entity)
        return self.import_report(errors, created, updated)

    def deleted(self, query, entities):
        """Take tracked entities away with what is theirs: E1063 where there is none, E1100 without the authority."""
        errors = []
        for one in entities:
            uid = one["trackedEntity"]
            self.must(set(one) == {"trackedEntity"}, "a deletion says the UID alone")
            code = self.refuse.get(uid) or (None if uid in self.entities else "E1063")
            if code:
                errors.append({"message": "x", "errorCode": code, "trackerType": "TRACKED_ENTITY", "uid": uid})
            elif query["importMode"] == "COMMIT":
                del self.entities[uid]
                self.enrolments = {own: owner for own, owner in self.enrolments.items() if owner != uid}
        return self.import_report(errors, [], [])

    def check(self, entity):
        """Yield the error reports of one tracked entity; a rule of the form that is broken is kept as wrong."""
        (enrolment,) = entity["enrollments"]
        uids = [entity["trackedEntity"], enrolment["enrollment"], *(one["event"] for one in enrolment["events"])]
        self.must(entity["trackedEntityType"] == TYPE and enrolment["program"] == PROGRAM, "type or program")
        self.must({one["programStage"] for one in enrolment["events"]} <= STAGES, "stage")
        self.must(enrolment["status"] in {"ACTIVE", "COMPLETED", "CANCELLED"}, "enrolment's status")
        units = {entity["orgUnit"], enrolment["orgUnit"], *(one["orgUnit"] for one in enrolment["events"])}
        self.must(len(units) == 1, "organisation units")
        self.must(all(UID.fullmatch(uid) for uid in uids), "uid")
        self.must(len(set(uids)) == len(uids), "uids differ")
        self.must(bool(WALL.fullmatch(enrolment["enrolledAt"])), "enrolledAt")
        self.must(all(one["value"] and UID.fullmatch(one["attribute"]) for one in enrolment["attributes"]), "attribute")
        self.must("cb3FwcKjPz5" not in {one["attribute"] for one in enrolment["attributes"]}, "passport")
        for uid, kind in zip(uids, ["TRACKED_ENTITY", "ENROLLMENT", *["EVENT"] * len(uids)], strict=False):
            if uid in self.refuse:
                yield {"message": "specimen", "errorCode": self.refuse[uid], "trackerType": kind, "uid": uid}
        yield from self.already_there(entity["trackedEntity"], enrolment)
        owner = self.enrolments.get(enrolment["enrollment"])
        self.must(owner in {None, entity["trackedEntity"]}, "enrolment of another")
        seen = set()
        for event in enrolment["events"]:
            self.must(event["status"] in {"ACTIVE", "COMPLETED", "SCHEDULE", "SKIPPED"}, "status")
            self.must(bool(WALL.fullmatch(event["occurredAt"])), "occurredAt")
            self.must("enrollment" not in event or event["enrollment"] == enrolment["enrollment"], "event's enrolment")
            if event["status"] in {"SCHEDULE", "SKIPPED"}:
                self.must(not event["dataValues"] and "scheduledAt" in event, "values of a planned event")
            if event["programStage"] == "r20KKI8mlDj":
                self.must("registration" not in seen, "registration twice")
                seen.add("registration")
            for one in event["dataValues"]:
                self.must(bool(UID.fullmatch(one["dataElement"])) and one["value"] != "", "value")

    def already_there(self, uid, enrolment):
        """Yield what the server says of a second open enrolment (E1015) and of a stage filled twice (E1039)."""
        kept = self.entities.get(uid)
        (before,) = kept["enrollments"] if kept else ({"enrollment": enrolment["enrollment"], "events": []},)
        own = enrolment["enrollment"]
        if before["enrollment"] != own and enrolment["status"] == "ACTIVE":
            yield {"message": "specimen", "errorCode": "E1015", "trackerType": "ENROLLMENT", "uid": own}
        once = {one["event"] for one in (*before["events"], *enrolment["events"]) if one["programStage"] in ONCE}
        stages = {one["programStage"] for one in (*before["events"], *enrolment["events"])} & ONCE
        if len(once) > len(stages):
            yield {"message": "specimen", "errorCode": "E1039", "trackerType": "EVENT", "uid": sorted(once)[0]}

    def store(self, entity):
        (enrolment,) = entity["enrollments"]
        self.entities[entity["trackedEntity"]] = entity
        self.enrolments[enrolment["enrollment"]] = entity["trackedEntity"]
        self.events |= {one["event"]: one for one in enrolment["events"]}

    @staticmethod
    def import_report(errors, created, updated):
        count = {"created": len(created), "updated": len(updated), "deleted": 0, "ignored": len(errors)}
        objects = [{"trackerType": "TRACKED_ENTITY", "uid": uid, "index": n} for n, uid in enumerate(created + updated)]
        report = {
            "status": "ERROR" if errors else "OK",
            "validationReport": {"errorReports": errors, "warningReports": []},
            "stats": {**count, "total": sum(count.values())},
            "bundleReport": {
                "status": "OK",
                "typeReportMap": {
                    "TRACKED_ENTITY": {"trackerType": "TRACKED_ENTITY", "stats": count, "objectReports": objects}
                },
            },
        }
        return (409 if errors else 200), {}, report

    # --- aggregate

    def values(self, query, document):
        """Take one data value set, or values that each say their period: schemes in it stand above those asked for."""
        if not isinstance(document.get("dataValues"), list):
            return 409, {}, {"httpStatusCode": 409, "status": "ERROR", "message": "specimen", "errorCode": "E7600"}
        schemes = query | {name: value for name, value in document.items() if name.endswith("IdScheme")}
        alone = "period" in document
        for name in ("dataElement", "orgUnit", "categoryOptionCombo", *(["dataSet"] if alone else [])):
            self.must(schemes.get(f"{name}IdScheme") == "CODE", f"{name} scheme")
        self.must(query.get("dryRun") in {"true", "false"}, "dry run")
        self.must(query.get("importStrategy") == "CREATE_AND_UPDATE", "strategy of values")
        combos = {one["categoryOptionCombo"] for one in document["dataValues"]}
        self.must("HllvX50cXC0" not in combos, "a UID among codes")
        if alone:
            self.must({"dataSet", "orgUnit"} <= set(document), "data set and unit")
            self.must(not any({"period", "orgUnit"} & set(one) for one in document["dataValues"]), "two periods")
        else:
            self.must(not {"dataSet", "completeDate", "orgUnit"} & set(document), "bulk without a data set")
        where = {name: document.get(name) for name in ("period", "orgUnit")}
        document = {"dataValues": [where | one for one in document["dataValues"]]}
        for one in document["dataValues"]:
            self.must(bool(re.fullmatch(r"\d{8}|\d{4}W\d{1,2}", one["period"] or "")) and one["orgUnit"], "period")
        keys = [
            (one["period"], one["orgUnit"], one["dataElement"], one["categoryOptionCombo"])
            for one in document["dataValues"]
        ]
        self.must(len(set(keys)) == len(keys), "a value twice")
        self.must(all(isinstance(one["value"], str) for one in document["dataValues"]), "value")
        conflicts = []
        if self.data_elements is not None:
            conflicts = [
                {"object": one["dataElement"], "value": "x", "errorCode": "E7610", "indexes": [n]}
                for n, one in enumerate(document["dataValues"])
                if one["dataElement"] not in self.data_elements
            ]
        if not conflicts and query["dryRun"] == "false":
            self.sets |= {key: one["value"] for key, one in zip(keys, document["dataValues"], strict=True)}
        summary = {
            "responseType": "ImportSummary",
            "status": "WARNING" if conflicts else "SUCCESS",
            "importCount": {"imported": len(keys), "updated": 0, "ignored": len(conflicts), "deleted": 0},
            "conflicts": conflicts,
        }
        return (409 if conflicts else 200), {}, {"httpStatusCode": 200, "status": "OK", "response": summary}

    # --- FHIR

    def bundle(self, document):
        self.must(document["resourceType"] == "Bundle" and document["type"] == "transaction", "transaction")
        urls = [entry["fullUrl"] for entry in document["entry"]]
        self.must(len(set(urls)) == len(urls), "fullUrl twice")
        made, answers = {}, []
        for entry in document["entry"]:
            resource, request = entry["resource"], entry["request"]
            text = json.dumps(resource)
            self.must(resource["resourceType"] in FHIR_KINDS, "kind of resource")
            if resource["resourceType"] == "Condition":
                verified = resource["verificationStatus"]["coding"][0]["code"]
                self.must(verified in {"unconfirmed", "entered-in-error"}, "verification status")
                if verified == "entered-in-error":  # FHIR R4, con-5
                    self.must("clinicalStatus" not in resource, "clinical status of what is in error")
                else:
                    self.must(len(resource["code"]["coding"]) == 2, "ICD-10 and ICD-11")
            if "valueQuantity" in resource:
                self.must(resource["code"]["coding"][0]["code"] == "8310-5", "LOINC")
                self.must(resource["valueQuantity"]["code"] == "Cel", "UCUM")
            known = set(re.findall(r"urn:uuid:[0-9a-f-]{36}", text)) - {entry["fullUrl"]}
            self.must(known <= set(urls), "a reference into nothing")
            if resource["resourceType"] in self.refuse:
                issue = {"severity": "error", "code": "invalid", "diagnostics": "specimen"}
                return 422, {}, {"resourceType": "OperationOutcome", "issue": [issue]}
            if request["method"] == "POST":
                self.must(resource["resourceType"] == "Patient" and bool(request.get("ifNoneExist")), "ifNoneExist")
                key = f"Patient?{request['ifNoneExist']}"
            else:
                self.must(request["method"] == "PUT" and "?identifier=" in request["url"], "conditional update")
                key = request["url"]
            given = resource["identifier"]
            given = given[0] if isinstance(given, list) else given
            self.must(key == f"{resource['resourceType']}?identifier={given['system']}|{given['value']}", "search")
            answers.append({"response": {"status": "200 OK" if key in self.resources else "201 Created"}})
            if request["method"] == "PUT" or key not in self.resources:
                made[key] = resource
        self.resources |= made
        return 200, {}, {"resourceType": "Bundle", "type": "transaction-response", "entry": answers}
