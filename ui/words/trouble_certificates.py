"""The words of the errors of health certificates and of vaccination at the post (BMIS-430 to 445)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-430": lambda: (
        _("This is neither a health certificate nor a file that is there"),
        _("Scan the code again, or give the path of its picture."),
    ),
    "BMIS-431": lambda: (
        _("The certificate is larger, or packed tighter, than any real one ({most} bytes at most); it was not opened"),
        _("Do not accept it; ask for the paper certificate."),
    ),
    "BMIS-432": lambda: (_("The text of the code is damaged ({reason})"), _("Scan the code again in good light.")),
    "BMIS-433": lambda: (
        _("The code does not hold a signed certificate ({reason})"),
        _("Scan it again; if it stays so, ask for the paper certificate."),
    ),
    "BMIS-434": lambda: (
        _("A field of the certificate cannot be right ({field})"),
        _("Ask for the paper certificate."),
    ),
    "BMIS-435": lambda: (
        _("The code is signed, but is no vaccination certificate that is read here"),
        _("Ask for the certificate of vaccination itself."),
    ),
    "BMIS-436": lambda: (
        _("The trust list cannot be read ({reason})"),
        _("Fetch the trust list again, or take it from another post."),
    ),
    "BMIS-437": lambda: (
        _("The picture shows no health certificate"),
        _("Take the picture again: the whole code, sharp and flat."),
    ),
    "BMIS-438": lambda: (_("The picture shows several health certificates ({count})"), _("Show one at a time.")),
    "BMIS-439": lambda: (
        _("The form of the check contradicts itself ({field})"),
        _("Give either the code or what stands on paper."),
    ),
    "BMIS-440": lambda: (
        _("There is no consent to the vaccination ({reason})"),
        _("Explain and ask again, before the dose; for a child ask the guardian."),
    ),
    "BMIS-441": lambda: (
        _("This vaccine may not be given ({reason})"),
        _("Take another vial and book this one as wasted."),
    ),
    "BMIS-442": lambda: (
        _("Questions before the dose stop it ({yes} answered yes, {open} open)"),
        _("Ask what is open; a clinician decides and writes the reason."),
    ),
    "BMIS-443": lambda: (
        _("This certificate number cannot be used ({reason})"),
        _("Read the number on the booklet again; take the next one."),
    ),
    "BMIS-445": lambda: (
        _("The adverse event cannot be as it was written ({reason})"),
        _("Look at its day, its hour and its outcome."),
    ),
}
