"""A report as PDF."""

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.page import Imprint
from bmis.paper.report_page import ChartPart, CodePart, Part, ReportPage, ReportPart, ReportTable, report_page
from bmis.paper.signing import Signature
from bmis.reports.render.words import chart_words, written
from bmis.reports.report import Block, Chart, Code, Kind, Missing, Report, Table, Text

_LEFT = frozenset({Kind.TEXT, Kind.DAY})


def report_pdf(report: Report) -> bytes:
    """Return the PDF, on A4 upright.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(report.language):
        page = ReportPage(
            imprint=Imprint(report.post, report.made_at, report.made_by, report.training, report.service),
            title=report.title,
            period=_("{first} to {last}").format(first=f"{report.first:%d/%m/%Y}", last=f"{report.last:%d/%m/%Y}"),
            facts=report.facts,
            caveats=report.caveats,
            parts=tuple(
                ReportPart(section.title, tuple(_part(block, report) for block in section.blocks))
                for section in report.sections
            ),
            languages=(report.language,),
            signers=tuple(Signature(*one) for one in report.signers),
        )
        return report_page(page)


def _part(block: Block, report: Report) -> Part:
    if isinstance(block, Text):
        return block.text, block.framed
    if isinstance(block, Chart):
        return _chart(block, report)
    if isinstance(block, Code):
        return CodePart(block.title, block.text, block.caption)
    return _table(block, report.language)


def _table(table: Table, language: str) -> ReportTable:
    kinds = [column.kind for column in table.columns]

    def line(row: tuple[object, ...]) -> tuple[str, ...]:
        return tuple(written(value, kind, language) for value, kind in zip(row, kinds, strict=True))  # type: ignore[arg-type]

    return ReportTable(
        title=table.title,
        heads=tuple(column.title for column in table.columns),
        lines=tuple(line(row) for row in table.rows),
        total=line(table.total) if table.total else None,
        to_the_right=tuple(kind not in _LEFT for kind in kinds),
        note=table.note,
    )


def _chart(chart: Chart, report: Report) -> ChartPart:
    return ChartPart(
        title=chart.title,
        kind=chart.kind.value,
        labels=chart.labels,
        series=tuple(
            (one.title, tuple(None if isinstance(value, Missing) else float(value) for value in one.values))
            for one in chart.series
        ),
        alt=chart_words(chart, report),
    )
