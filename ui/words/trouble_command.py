"""The words of the errors of the command line and of what every room shares (BMIS-001 to 019, 290 to 299)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-001": lambda: (_("There is no command “{command}”"), _("Run bmis --help to see the commands.")),
    "BMIS-002": lambda: (
        _("The option {option} is not known here, or lacks its value"),
        _("Run the command with --help to see its options."),
    ),
    "BMIS-003": lambda: (_("“{argument}” is missing"), _("Give it, or run the command with --help.")),
    "BMIS-004": lambda: (
        _("The value given for “{argument}” is not accepted"),
        _("Run the command with --help to see what it takes."),
    ),
    "BMIS-005": lambda: (_("The file cannot be read"), _("Check that it exists and that you may open it.")),
    "BMIS-006": lambda: (
        _("The text is not JSON as this command takes it ({reason}, line {line})"),
        _("Correct it; bmis schema {schema} prints what is expected."),
    ),
    "BMIS-007": lambda: (
        _("The field “{field}” is missing, not expected, or has a value that is not accepted"),
        _("Correct it; bmis schema {schema} prints what is expected."),
    ),
    "BMIS-008": lambda: (
        _("Nobody has signed in"),
        _("Set BMIS_USER and BMIS_PASSWORD and run the command again."),
    ),
    "BMIS-009": lambda: (
        _("A second person must sign this"),
        _("Set BMIS_SECOND_USER and BMIS_SECOND_PASSWORD of the other person and run the command again."),
    ),
    "BMIS-010": lambda: (
        _("Your role does not allow this"),
        _("Ask a colleague whose role allows it, or the administrator."),
    ),
    "BMIS-290": lambda: (
        _("The clock can be set in a training home only"),
        _("Run the command without --now, or in a training home."),
    ),
    "BMIS-291": lambda: (_("There is no schema “{name}”"), _("Run bmis schema to list them.")),
    "BMIS-292": lambda: (
        _("There is no display to open the desktop on"),
        _("Run it in a graphical session, or set DISPLAY."),
    ),
    "BMIS-293": lambda: (
        _("There is no benchmark “{name}”, or this is not a checkout of the source"),
        _("Run it in a checkout, with one of: {known}."),
    ),
    "BMIS-294": lambda: (
        _("The recovery passphrase is needed"),
        _("Set BMIS_PASSPHRASE to the two halves joined by a dash, in the presence of those who keep them."),
    ),
    "BMIS-295": lambda: (
        _("The new password is missing"),
        _("Set BMIS_NEW_PASSWORD and run the command again."),
    ),
    "BMIS-296": lambda: (
        _("The file is too large or too deep to be taken ({reason})"),
        _("Split it into smaller files and run the command for each."),
    ),
    "BMIS-297": lambda: (
        _("The file cannot be written"),
        _("Choose a name that does not exist yet, in a folder that you may write."),
    ),
}
