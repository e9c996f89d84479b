"""The stores of the post, joined with one open store of health: certificates, vaccinations, shelf, equipment, plans.

Every use case takes the actor last (or before named options).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bmis.kernel.actor import Actor, NotAllowedError, Permission, Service
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.session import SignedIn
from poe_health.capacity.keep_assessment import KeepAssessment, ReadAssessments
from poe_health.certificates.keep_check import ReadChecks, RecordCheck
from poe_health.equipment.keep_equipment import KeepEquipment, ReadEquipment
from poe_health.plans.keep_plans import KeepPlans, ReadPlans
from poe_health.plans.plan import PlanFile
from poe_health.supplies.keep_stock import MoveStock, ReadStock
from poe_health.vaccinations.after_dose import AfterDose
from poe_health.vaccinations.keep_numbers import KeepNumbers, ReadNumbers
from poe_health.vaccinations.read_doses import ReadDoses
from poe_health.vaccinations.vaccinate import Vaccinate

if TYPE_CHECKING:
    from poe_health.keeping.records import RedigestKept


@dataclass(frozen=True, slots=True)
class PrintCertificate:
    """Makes the page of a certificate: bytes for the printer or a folder; no copy of it lies anywhere."""

    session: SignedIn
    doses: ReadDoses

    def __call__(self, dose: UUID | str, by: Actor) -> bytes:
        """Return the page as PDF. The name that is opened for it is on record.

        Raises:
            NotAllowedError: the role does not vaccinate. KeptUnknownError: no such dose, or it has no certificate.
            PartErasedError: who it was is no longer kept, or this role does not see it.
        """
        from bmis.kernel.actor import require
        from poe_health.reports.vaccination import certificate_pdf

        require(by, Permission.VACCINATE)
        shown = self.doses.show(dose, by)
        now, home = self.session.now, self.session.home
        try:
            post = point_of_entry(home.post_code).name
        except UnknownPostError:
            post = home.post_code
        imprint = Imprint(post, local(now()), by.name, home.training, HEALTH_SERVICE)
        return certificate_pdf(shown, imprint, current_language())


@dataclass(frozen=True, slots=True)
class HealthStores:
    """The use cases of one person of health."""

    session: SignedIn
    record_check: RecordCheck
    checks: ReadChecks
    vaccinate: Vaccinate
    after_dose: AfterDose
    doses: ReadDoses
    keep_numbers: KeepNumbers
    numbers: ReadNumbers
    print_certificate: PrintCertificate
    move_stock: MoveStock
    stock: ReadStock
    keep_equipment: KeepEquipment
    equipment: ReadEquipment
    keep_plans: KeepPlans
    plans: ReadPlans
    keep_assessment: KeepAssessment
    assessments: ReadAssessments
    today: Callable[[], date]


def desk_of(session: SignedIn) -> HealthStores:
    """Return the use cases.

    Raises:
        NotAllowedError: the session is the border's: its store has none of them.
    """
    if session.service is not Service.HEALTH:
        raise NotAllowedError(permission=Permission.SCREEN_HEALTH.value, role=session.actor.role.value)
    write, read, home, now = session.store.write, session.store.read, session.home, session.now

    def today() -> date:
        return local(now()).date()

    doses = ReadDoses(write, read, now)
    return HealthStores(
        session=session,
        record_check=RecordCheck(write, home, now, today),
        checks=ReadChecks(write, read, now),
        vaccinate=Vaccinate(write, home, now),
        after_dose=AfterDose(write, now),
        doses=doses,
        keep_numbers=KeepNumbers(write, now),
        numbers=ReadNumbers(read),
        print_certificate=PrintCertificate(session, doses),
        move_stock=MoveStock(write, now, today),
        stock=ReadStock(read, today),
        keep_equipment=KeepEquipment(write, now, today),
        equipment=ReadEquipment(read),
        keep_plans=KeepPlans(write, now, today),
        plans=ReadPlans(read),
        keep_assessment=KeepAssessment(write, now, today),
        assessments=ReadAssessments(read, today),
        today=today,
    )


def health_proofs() -> "tuple[RedigestKept[Any], ...]":
    """Return what makes the digests of these stores again, for the verification of the home."""
    from poe_health.capacity.records import redigest_assessments
    from poe_health.certificates.records import redigest_checks
    from poe_health.equipment.records import redigest_equipment
    from poe_health.measures.records import redigest_measures
    from poe_health.plans.records import redigest_plans
    from poe_health.supplies.records import redigest_supplies
    from poe_health.vaccinations.records import redigest_doses, redigest_numbers

    return (
        redigest_checks(),
        redigest_doses(),
        redigest_numbers(),
        redigest_supplies(),
        redigest_equipment(),
        redigest_plans(),
        redigest_assessments(),
        redigest_measures(),
    )


def read_plan_file(path: Path) -> PlanFile:
    """Return the file with its words, read by the process that reads what nobody vouches for.

    Raises:
        PlanFileError: it cannot be attached; its reason says why. FileWorkerAbsentError: the process cannot start.
    """
    import hashlib

    from bmis.capture import errors
    from bmis.capture.file_reader import FileReader
    from bmis.capture.untrusted_file import content_of
    from poe_health.keeping.errors import PlanFileError
    from poe_health.plans.plan import LARGEST

    try:
        content = content_of(path)
        if len(content) > LARGEST:
            raise PlanFileError("size")
        with FileReader() as files:
            read = files.text(path)
    except (errors.ImageMissingError, errors.NotAFileError) as error:
        raise PlanFileError("file_missing") from error
    except errors.ImageEmptyError as error:
        raise PlanFileError("empty") from error
    except errors.ImageTooLargeError as error:
        raise PlanFileError("size") from error
    except errors.ImageNotAnImageError as error:
        raise PlanFileError("file_kind") from error
    except errors.FileLockedError as error:
        raise PlanFileError("file_locked") from error
    except (errors.PdfDamagedError, errors.PdfEmptyError) as error:
        raise PlanFileError("file_damaged") from error
    except (errors.FileTooHeavyError, errors.FileTooSlowError, errors.FileCrashedError) as error:
        raise PlanFileError("file_heavy") from error
    if read.too_many is not None:
        raise PlanFileError("file_pages" if read.too_many == "pages" else "text")
    if hashlib.sha256(content).hexdigest() != read.sha256:  # it was exchanged meanwhile
        raise PlanFileError("file_damaged")
    return PlanFile(content, read.media, read.pages, read.text, read.sha256)


def save(folder: Path, name: str, pdf: bytes) -> Path:
    """Return the path of a paper put into the folder. Raises as ``save_paper``."""
    from poe_health.reports.saving import save_paper

    return save_paper(folder, name, pdf)
