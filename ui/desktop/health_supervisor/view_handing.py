"""A page that makes reports to be handed over: paper at once, a table once why and for whom stands in its form."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _
from bmis.reports.export_report import PAPER, ReportFile
from ui.desktop.health_supervisor.view_page import ActPage
from ui.desktop.widgets.asking import Answers, Asked, reason_field


class HandingPage(ActPage):
    """Every report that it makes is on the audit before it is offered."""

    def hand_over(self, title: str, remark: str, name: str, form: str, make: Callable[[], ReportFile]) -> None:
        """Make the report and offer it under this name; ``make`` is called off the thread of the window."""
        parts = self.model.parts

        def offer(file: ReportFile) -> None:
            self.offered.emit(title, remark, f"{name}.{form}", file.content)

        def job(said: Answers) -> Callable[[], ReportFile]:
            why = {"reason": said["reason"], "recipient": said["recipient"]}
            parts.day.hand_over.check(form, **why)
            return lambda: parts.day.hand_over(make(), parts.by, **why)

        if form == PAPER:
            self.ask(lambda: parts.day.hand_over(make(), parts.by), offer)
            return
        self.form(
            title,
            _("The table hides no small number. Why and for whom are kept in the audit."),
            [reason_field(), Asked("recipient", _("For whom"), topic="health_post.exports")],
            job,
            offer,
        )
