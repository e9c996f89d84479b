"""The words of the errors of files that a desk signs and another takes (BMIS-747 to 752, 797 to 799)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-747": lambda: (
        _("The key that signed this file is revoked or has ended ({reference}); nothing was taken"),
        _("Certify a new key of that desk (bmis trust certify); it then writes the file again."),
    ),
    "BMIS-748": lambda: (
        _("The file goes up to number {given}; number {known} of that desk was heard already"),
        _("Ask the desk for its newest file. If it has none, its store was put back to an earlier day: look into it."),
    ),
    "BMIS-749": lambda: (
        _("The file begins at number {given}; of that desk only number {known} was heard"),
        _("Ask the desk for the file from the beginning (without --after); nothing was taken."),
    ),
    "BMIS-750": lambda: (
        _("The file contradicts what desk {desk} said before, or another desk uses its key; nothing was taken"),
        _("Do not use the file. Ask whether that desk was restored or copied; if nobody knows, revoke its key."),
    ),
    "BMIS-751": lambda: (
        _("There is nothing to write: the log of this desk goes up to number {known}"),
        _("Nothing needs to be carried. Without --after the whole log is written."),
    ),
    "BMIS-752": lambda: (
        _("The file is this desk's own, or is of training and the desk is not, or the other way round"),
        _("Take the file to the desk that it is for."),
    ),
    "BMIS-717": lambda: (
        _("No desk reports this pass as withdrawn without being on the list"),
        _("Look with: bmis trust withdrawn, and give the serial as it stands there."),
    ),
    "BMIS-739": lambda: (
        _("This pass is not on the list on the word of a desk that was confirmed here"),
        _("Who withdrew it takes it back: the desk that made the pass, or the pass desk here."),
    ),
    "BMIS-797": lambda: (
        _("The file is not what a desk writes for another, or it is damaged ({reason})"),
        _("Ask the desk to write it again; nothing was taken."),
    ),
    "BMIS-798": lambda: (
        _("Nobody whom this desk trusts has signed the file; nothing was taken"),
        _("Take the newest trust bundle, or certify that desk's key first (bmis trust certify)."),
    ),
    "BMIS-799": lambda: (
        _("The file was changed after it was signed; nothing was taken"),
        _("Ask the desk to write it again, on another stick."),
    ),
}
