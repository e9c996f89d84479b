"""What the counts say: alarms of EARS and CUSUM, counts that are alarms by themselves, clusters."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from PySide6.QtCore import Signal as QtSignal

from bmis.kernel.i18n import translate as _
from poe_health.events.clusters import Cluster
from poe_health.surveillance.watch import CountEpisode, Raised, Watched
from ui.desktop.health_supervisor.view_page import Act, ActPage
from ui.desktop.widgets.lines import Heading, Line
from ui.words.figures import in_figures
from ui.words.health import disease_word, draft_words
from ui.words.surveillance import alarm_words, count_alarm_words

DAYS = 14


class AlarmsPage(ActPage):
    """The last fourteen days. ``reporting`` carries a Cluster, or None, of which a person makes a signal."""

    reporting = QtSignal(object)
    topic = "alarms"
    columns = 2
    shares = (6, 5)

    def prepare(self) -> None:
        """Set what the page keeps."""
        self.watched: Watched | None = None

    def title(self) -> str:
        """Return its name."""
        return _("Alarms")

    def headings(self) -> Sequence[Heading]:
        """Return the columns."""
        return [Heading(_("Days")), Heading(_("What the counts say"), wide=True)]

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No alarm in these days. Days without counts were not looked at: see beside.")

    def acts(self) -> Mapping[str, Act]:
        """Return making a signal of it."""
        return {"report": Act(_("Make a signal of it…"), self.report, lambda: self.list.key() is not None)}

    def badge(self) -> int:
        """Return how many alarms there are."""
        return len(self._rows())

    def refresh(self) -> None:
        """Compute again."""
        parts = self.model.parts
        today = parts.today()
        self.ask(lambda: parts.day.watch(today - timedelta(days=DAYS - 1), today, parts.by), self._on_watched)

    def choose(self, key: object) -> None:
        """Show what stands beside it."""
        self._show_beside()

    def report(self) -> None:
        """A person makes a signal of the alarm."""
        chosen = self._chosen()
        self.reporting.emit(chosen if isinstance(chosen, Cluster) else None)

    def _rows(self) -> list[CountEpisode | Raised | Cluster]:
        watched = self.watched
        if watched is None:
            return []
        return [*(one for one in watched.counts if one.alarm.reached), *watched.clusters, *watched.raised]

    def _chosen(self) -> CountEpisode | Raised | Cluster | None:
        key, rows = self.list.key(), self._rows()
        return rows[key] if isinstance(key, int) and key < len(rows) else None

    def _on_watched(self, watched: Watched) -> None:
        self.watched = watched
        self.show_all()
        self.counted.emit()

    def show_all(self) -> None:
        """Show the alarms."""
        self.show_lines([Line(at, _cells(one), "red") for at, one in enumerate(self._rows())])
        self._show_beside()

    def _show_beside(self) -> None:
        watched = self.watched
        if watched is None:
            self.banner.show_verdict("grey", _("Not looked at yet"))
            self.facts.show_facts(())
            return
        missing, count = len(watched.days_missing), len(self._rows())
        remark = _("Days not submitted: {count}. Nothing is known of them.").format(count=missing) if missing else ""
        days = f"{watched.first:%d/%m/%Y} – {watched.last:%d/%m/%Y}"
        if count:
            self.banner.show_verdict("red", _("{days}: alarms: {count}").format(days=days, count=count), remark)
        else:
            unknown = missing or len(watched.days_before) == (watched.last - watched.first).days + 1
            self.banner.show_verdict("grey" if unknown else "green", _("{days}: no alarm").format(days=days), remark)
        rows: list[tuple[str, str]] = []
        if (chosen := self._chosen()) is not None:
            rows.append((_cells(chosen)[1], ""))
        rows += [
            (
                load.week.code,
                _("{alarms} alarms of {tests} tests; by chance {expected}; not computed: {unknown}").format(
                    alarms=load.alarms,
                    tests=load.tests,
                    expected=in_figures(load.expected_by_chance, 1),
                    unknown=load.not_computed,
                ),
            )
            for load in watched.loads
        ]
        open_counts = [count_alarm_words(one.alarm, one.last_day) for one in watched.counts if not one.alarm.reached]
        rows += [("", words) for words in open_counts]
        if watched.days_missing:
            rows.append((_("Days missing"), ", ".join(f"{day:%d/%m}" for day in watched.days_missing)))
        if watched.days_before:
            before = watched.days_before
            rows.append((_("Before the post worked here"), f"{before[0]:%d/%m/%Y} – {before[-1]:%d/%m/%Y}"))
        if watched.days_without:
            rows.append((_("Days without counts"), ", ".join(f"{day:%d/%m}" for day in watched.days_without)))
        self.facts.show_facts([*rows, ("", draft_words())])


def _cells(one: CountEpisode | Raised | Cluster) -> tuple[str, str]:
    if isinstance(one, CountEpisode):
        days = f"{one.first_day:%d/%m}" + (f" – {one.last_day:%d/%m}" if one.last_day > one.first_day else "")
        return days, count_alarm_words(one.alarm, one.last_day)
    if isinstance(one, Raised):
        return f"{one.result.day:%d/%m}", f"{disease_word(one.disease, one.result.day)} · {alarm_words(one.result)}"
    words = _("Cluster: {cases} with {disease} ({key})").format(
        cases=len(one.refs), disease=disease_word(one.alike, one.last_at.date()), key=one.key
    )
    return f"{one.last_at:%d/%m}", words
