"""The package as CSV with its Data Package description, and the HXL variant."""

import hashlib
import json
from datetime import UTC
from itertools import chain
from typing import Any

from bmis.flows.fmr import about_package
from bmis.flows.package.fields import FieldWords, described
from bmis.flows.package.resource import FlowPackage, Resource
from bmis.kernel.csv_cells import table_bytes
from bmis.kernel.telling import Telling


def csv_files(package: FlowPackage, told: Telling) -> dict[str, bytes]:
    """Return a CSV file a table (UTF-8, RFC 4180, one row of machine names) and datapackage.json (Data Package 2.0)."""
    files = {f"{one.name}.csv": _csv(one, [one.fields], told) for one in package.resources}
    files["datapackage.json"] = _description(package, files)
    return files


def hxl_files(package: FlowPackage, told: Telling) -> dict[str, bytes]:
    """Return the variant with a row of HXL 1.1 tags under the names, and beside it what must be known of it."""
    files = {
        f"{one.name}_hxl.csv": _csv(one, [one.fields, tuple(field.hxl for field in described(one))], told)
        for one in package.resources
    }
    return files | {"LEIA-ME_hxl.txt": f"{words_about(package)}\n".encode()}


def facts_of(package: FlowPackage) -> dict[str, Any]:
    """Return what must be known of every file of a package, beside its caveat."""
    return {
        "record_kind": "administrative",
        "training": package.training,
        "from": package.first.isoformat(),
        "to": package.last.isoformat(),
        "audience": package.audience.value,
        "level": package.level.value,
        "least_count_shown": package.limit,
        "pcode_version": package.pcode_version,
    }


def words_about(package: FlowPackage) -> str:
    """Return the caveat and the facts as text."""
    facts = "; ".join(f"{name}={value}" for name, value in facts_of(package).items())
    return f"{about_package(f'caveat_{package.language}')} [{facts}]"


def _csv(resource: Resource, heads: list[tuple[str, ...]], told: Telling) -> bytes:
    return table_bytes(heads[0], chain(heads[1:], told.over(resource.rows)))


def _description(package: FlowPackage, files: dict[str, bytes]) -> bytes:
    document = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "moz-poe-flow-monitoring",
        "title": "Moçambique – monitoria de fluxos nos pontos de entrada",
        "description": about_package(f"caveat_{package.language}"),
        "version": "1.0.0",
        "created": package.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [{"name": about_package("licence"), "title": about_package("licence_title")}],
        "sources": [{"title": "SENAMI / BMIS"}],
        "bmis": facts_of(package),
        "resources": [_described(one, files[f"{one.name}.csv"], package.language) for one in package.resources],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _described(resource: Resource, content: bytes, language: str) -> dict[str, Any]:
    note = resource.note(language)
    return {
        "name": resource.name,
        "path": f"{resource.name}.csv",
        "title": resource.title(language),
        **({"description": note} if note else {}),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(one, language) for one in described(resource)],
            "missingValues": [""],
            "primaryKey": ["record_id"],
        },
    }


def _field(field: FieldWords, language: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.unique:
        constraints["unique"] = True
    if field.codes:
        constraints["enum"] = list(field.codes)
    if field.pattern:
        constraints["pattern"] = field.pattern
    if field.type == "integer":
        constraints["minimum"] = 0
    found: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.label(language),
        "description": field.label("en" if language == "pt" else "pt"),
        "hxl": field.hxl,
    }
    return found | ({"constraints": constraints} if constraints else {})
