"""Papers of an imagined shift; the people are of Utopia."""

from datetime import datetime, timedelta, timezone

import pytest

from bmis.paper.blocks import Row
from bmis.paper.form import Fill, FormField
from bmis.paper.notice import Bilingual, NoticeReason, RefusalNotice
from bmis.paper.page import Imprint
from bmis.paper.shift_page import ShiftCount, ShiftPage, ShiftSection
from bmis.paper.signing import Signature
from bmis.paper.slip import CrossingSlip

MAPUTO = timezone(timedelta(hours=2))


@pytest.fixture
def imprint():
    return Imprint("Ressano Garcia (MZ.L.RSG)", datetime(2026, 11, 22, 10, 5, tzinfo=MAPUTO), "amelia.sitoe")


@pytest.fixture
def slip(imprint):
    return CrossingSlip(
        imprint=imprint,
        title="Talão de travessia",
        decision="ENTRADA AUTORIZADA",
        number="RSG-01-2026-000123",
        rows=(
            Row("Apelido", "ERIKSSON DA CONCEIÇÃO", "Surname"),
            Row("Nomes", "ANNA MARIA", "Given names"),
            Row("Documento", "L898902C3", is_code=True),
            Row("Alojamento", None),
        ),
        qr_text="BMIS1:RSG-01-2026-000123:7f3a",
        advice=("Conserve este talão.",),
    )


@pytest.fixture
def notice(imprint):
    return RefusalNotice(
        imprint=imprint,
        number="RSG-01-2026-000124",
        decided_at="22/11/2026 10:04 (UTC+2)",
        place="Ressano Garcia, via 1",
        person=(Row("Apelido", "ERIKSSON", "Surname"),),
        document=(Row("Número", "L898902C3", "Number", is_code=True),),
        reasons=(NoticeReason("MZ-01", Bilingual("Lugar de alojamento desconhecido", "Unknown accommodation")),),
        appeal=Bilingual("Pode recorrer desta decisão.", "You may appeal against this decision."),
        officer="Amélia Sitoe",
        consular=Bilingual("Pode contactar o seu consulado.", "You may contact your consulate."),
    )


@pytest.fixture
def fields():
    return (
        FormField("Data", Fill.DATE),
        FormField("Hora", Fill.TIME),
        FormField("Sentido", Fill.CHOICE, options=("Entrada", "Saída")),
        FormField("Número do documento", Fill.BOXES, 14),
        FormField("Apelido", Fill.BOXES, 32),
        FormField("Alojamento", Fill.LINE),
    )


@pytest.fixture
def shift(imprint):
    return ShiftPage(
        imprint=imprint,
        title="Folha de fecho de turno",
        number="RSG-T-2026-0117",
        facts=(Row("Agentes", "Amélia Sitoe"),),
        counts=(ShiftCount("Entradas", 212), ShiftCount("Boletins de papel", None)),
        sections=(
            ShiftSection("Rascunhos abertos", ()),
            ShiftSection("Em segunda linha", None),
            ShiftSection("Aprovações adiadas", ("RSG-01-2026-000124",), mandatory=True),
        ),
        checkpoint="seq 4211 9f3a17bc",
        checkpoint_qr="BMIS-CP:4211:9f3a17bc",
        signers=(Signature("Chefe de turno", "Amélia Sitoe"), Signature("Chefe do posto")),
    )
