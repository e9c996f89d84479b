"""The words of the errors of seals, keys and trust bundles (BMIS-600 to 619)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-600": lambda: (
        _("This is no seal, or a damaged one ({reason})"),
        _("Scan the whole code again, sharp and flat. If it stays so, treat the document as one without a seal."),
    ),
    "BMIS-601": lambda: (
        _("The seal of the pass cannot carry a value ({field})"),
        _("Correct the field of the pass; names are written in letters that travel documents have."),
    ),
    "BMIS-602": lambda: (
        _("The file is no trust bundle, or it is damaged ({reason})"),
        _("Ask for the file again. The bundle that this desk has stays in force."),
    ),
    "BMIS-603": lambda: (
        _("The trust bundle was changed after it was signed; nothing of it was taken"),
        _("Keep the file for the investigation, tell the supervisor, and ask for a new one over another way."),
    ),
    "BMIS-604": lambda: (
        _("The trust bundle is signed by an authority that this desk does not trust (root {root})"),
        _("Compare the root with the number that the authority gave on paper. Only then take it with --root."),
    ),
    "BMIS-605": lambda: (
        _("The trust bundle is not newer than what this desk has ({given} against {known})"),
        _("Ask for the newest one. The bundle that this desk has stays in force."),
    ),
    "BMIS-606": lambda: (
        _("The trust bundle was made for training; this desk is live"),
        _("Ask the authority for the bundle of the live service."),
    ),
    "BMIS-607": lambda: (
        _("No key of this desk may sign passes today"),
        _("Ask for a signer: bmis trust signer --request FILE, then take the bundle that the authority sends back."),
    ),
    "BMIS-608": lambda: (
        _("This desk has no issuing authority"),
        _("Use the desk of the authority; an administrator makes one with: bmis trust authority."),
    ),
    "BMIS-609": lambda: (
        _("This desk has an issuing authority, or trusts another, already"),
        _("Look with: bmis trust status. One desk has one authority."),
    ),
    "BMIS-610": lambda: (
        _("There is no signer of that reference that could be revoked"),
        _("Look with: bmis trust status, and give its reference."),
    ),
    "BMIS-611": lambda: (
        _("The certificate or the request was not taken ({reason})"),
        _("Ask its State or its desk for it again."),
    ),
    "BMIS-612": lambda: (
        _("The rules of keys and trust bundles cannot be used (rules/trust.toml)"),
        _("Install the program again, or have technical support put the file right."),
    ),
    "BMIS-613": lambda: (
        _("This desk has neither an issuing authority nor a trust bundle"),
        _("Take a bundle first: bmis trust import FILE."),
    ),
    "BMIS-614": lambda: (
        _("A serial is beyond what the status list can hold ({most})"),
        _("Give serials from the ranges of the authority."),
    ),
    "BMIS-615": lambda: (
        _("The trust bundle cannot carry this reference data ({reason})"),
        _("Give it a short name of small letters and digits, and leave out what is not needed at the posts."),
    ),
    "BMIS-616": lambda: (
        _("What this desk keeps of keys and bundles is damaged"),
        _("Run: bmis db verify. Restore the last backup if it says so."),
    ),
    "BMIS-617": lambda: (
        _("The picture shows several seals ({count})"),
        _("Show one at a time."),
    ),
    "BMIS-774": lambda: (
        _("The next root is made already, and does not sign yet"),
        _("Export a bundle for every post, then: bmis trust begin. Look with: bmis trust status."),
    ),
    "BMIS-775": lambda: (
        _("No root of that fingerprint waits to begin"),
        _("Look with: bmis trust status. A next root is made with: bmis trust rollover."),
    ),
    "BMIS-776": lambda: (
        _("No bundle has carried the next root yet"),
        _("Export one (bmis trust export) and see that every post takes it; then let the root begin."),
    ),
    "BMIS-682": lambda: (
        _("No reason was given"),
        _("Say in words why; the reason is kept with your name and that of the second person."),
    ),
    "BMIS-777": lambda: (
        _("This root signs: it cannot be retired"),
        _("Make the next one (bmis trust rollover) and let it begin; then retire this one."),
    ),
    "BMIS-778": lambda: (
        _("No root of this desk that stands has that fingerprint"),
        _("Look with: bmis trust status, and give the whole fingerprint."),
    ),
}
