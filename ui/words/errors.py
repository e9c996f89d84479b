"""What happened and what to do next, for every error, in the language in force. The only place that words errors.

Tables are keyed by code, so that wording an error imports none of the rooms that raise it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from ui.words import (
    trouble_certificates,
    trouble_command,
    trouble_crossings,
    trouble_desk_files,
    trouble_desktop,
    trouble_devices,
    trouble_documents,
    trouble_exchange,
    trouble_flow_map,
    trouble_health,
    trouble_health_day,
    trouble_health_desk,
    trouble_health_measures,
    trouble_health_secondary,
    trouble_health_stores,
    trouble_health_supervisor,
    trouble_health_texts,
    trouble_health_voyages,
    trouble_lane,
    trouble_lane_health,
    trouble_mobility,
    trouble_numbers,
    trouble_observation,
    trouble_package,
    trouble_pass_desk,
    trouble_passes,
    trouble_pictures,
    trouble_referrals,
    trouble_registers,
    trouble_releases,
    trouble_reports,
    trouble_returns,
    trouble_returns_desk,
    trouble_screening,
    trouble_seals,
    trouble_staff,
    trouble_store,
    trouble_surveillance,
    trouble_truck,
)
from ui.words.facts import fact_words
from ui.words.filling import fill

WORDS = (
    trouble_command.WORDS
    | trouble_store.WORDS
    | trouble_staff.WORDS
    | trouble_documents.WORDS
    | trouble_certificates.WORDS
    | trouble_crossings.WORDS
    | trouble_desk_files.WORDS
    | trouble_desktop.WORDS
    | trouble_exchange.WORDS
    | trouble_flow_map.WORDS
    | trouble_devices.WORDS
    | trouble_health_voyages.WORDS
    | trouble_lane.WORDS
    | trouble_lane_health.WORDS
    | trouble_mobility.WORDS
    | trouble_passes.WORDS
    | trouble_pass_desk.WORDS
    | trouble_health.WORDS
    | trouble_health_stores.WORDS
    | trouble_health_supervisor.WORDS
    | trouble_health_texts.WORDS
    | trouble_health_day.WORDS
    | trouble_health_secondary.WORDS
    | trouble_health_measures.WORDS
    | trouble_health_desk.WORDS
    | trouble_pictures.WORDS
    | trouble_referrals.WORDS
    | trouble_numbers.WORDS
    | trouble_observation.WORDS
    | trouble_package.WORDS
    | trouble_registers.WORDS
    | trouble_releases.WORDS
    | trouble_reports.WORDS
    | trouble_returns.WORDS
    | trouble_returns_desk.WORDS
    | trouble_screening.WORDS
    | trouble_seals.WORDS
    | trouble_surveillance.WORDS
    | trouble_truck.WORDS
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person is told. ``code`` is the same in every language and is in the manual's index."""

    code: str
    what: str
    do: str

    @property
    def line(self) -> str:
        """The one line of the terminal: ``CODE what — do``."""
        return f"{self.code} {self.what} — {self.do}"


def describe(error: BaseException) -> Notice:
    """Return the notice for the error. Whatever is not one of ours is a fault in the program: BMIS-000."""
    if not isinstance(error, BmisError) or error.code not in WORDS:
        return Notice(
            BmisError.code,
            _("The program met a fault it did not expect; nothing of this step was stored"),
            _("Try once more. If it comes back, give the code and the time to technical support."),
        )
    what, do = WORDS[error.code]()
    facts: Mapping[str, object] = {name: fact_words(name, value) for name, value in error.facts.items()}
    return Notice(error.code, fill(what, facts), fill(do, facts))
