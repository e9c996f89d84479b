"""The words of the errors of homes, stores and keys (BMIS-019 to 036, 298)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-020": lambda: (
        _("The folder is not a BMIS home"),
        _("Choose the right one with --home, or create one with bmis init."),
    ),
    "BMIS-021": lambda: (
        _("The folder already holds something"),
        _("Choose an empty folder; an existing home is never overwritten."),
    ),
    "BMIS-022": lambda: (
        _("Another program is using this home"),
        _("Close it, or wait until it ends, and try again."),
    ),
    "BMIS-023": lambda: (
        _("A file of the home is missing or damaged ({file})"),
        _("Do not change anything; restore the last backup with bmis db restore."),
    ),
    "BMIS-024": lambda: (
        _("The user name or the password is wrong"),
        _("Type them again; after several failures the sign-in waits."),
    ),
    "BMIS-025": lambda: (
        _("The store is missing, damaged, or under another key ({file})"),
        _("Keep the file as it is; restore the last backup with bmis db restore."),
    ),
    "BMIS-026": lambda: (
        _("The disk is full; nothing of this record was stored"),
        _("Free some space, then decide again. Use paper forms meanwhile."),
    ),
    "BMIS-027": lambda: (
        _("The disk cannot be written; nothing of this record was stored"),
        _("Check the disk and the rights of the folder, then decide again."),
    ),
    "BMIS-028": lambda: (
        _("Another program held the store too long; nothing of this record was stored"),
        _("Decide again in a moment."),
    ),
    "BMIS-029": lambda: (
        _("The store was written by a newer version of BMIS"),
        _("Install that version on this machine; the store was not touched."),
    ),
    "BMIS-030": lambda: (
        _("The store has an older form and must be brought up to date"),
        _("Make a backup, then run bmis db migrate."),
    ),
    "BMIS-031": lambda: (
        _("The audit chain does not prove at line {seq}"),
        _("Keep the home as it is and call the auditor; do not go on recording in it."),
    ),
    "BMIS-298": lambda: (
        _("Anchor number {number} is not typed as it was printed"),
        _("Compare it with the paper character by character and type it again: only then does it prove anything."),
    ),
    "BMIS-032": lambda: (
        _("The backup file is not one of ours, is cut, or was changed"),
        _("Use another copy of the backup."),
    ),
    "BMIS-033": lambda: (
        _("The file to write already exists"),
        _("Choose another name; a backup is never overwritten."),
    ),
    "BMIS-034": lambda: (_("That user name is taken"), _("Choose another name.")),
    "BMIS-019": lambda: (
        _("The clock of this machine is behind the last record"),
        _("Have it set. Until then crossings are kept and marked, and expiry goes by the last time seen."),
    ),
    "BMIS-035": lambda: (
        _("The disk gave an error; nothing of this record was stored"),
        _("Try once more; if it comes back, change the disk and restore the last backup."),
    ),
    "BMIS-036": lambda: (
        _("The password is too short"),
        _("Use at least {shortest} characters."),
    ),
}
