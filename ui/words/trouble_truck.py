"""The words of the errors of border passes at the lane and of the truck (BMIS-760 to 779)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-760": lambda: (
        _("More than one border pass is in view; none was taken"),
        _("Show only this traveller's pass to the camera."),
    ),
    "BMIS-761": lambda: (
        _("This traveller has already shown a border pass; the other one was not taken"),
        _("If the first was another person's: Ctrl+K, “Forget the border pass”, and show the right one."),
    ),
    "BMIS-762": lambda: (
        _("There is no pass of a simplified regime to declare goods to"),
        _("Show the border pass first. Without one, goods are for Customs (Alfândegas)."),
    ),
    "BMIS-764": lambda: (
        _("The truck is at that post already"),
        _("Choose the post to which it is sent."),
    ),
    "BMIS-765": lambda: (
        _("The shift of this post is still open; the truck stays"),
        _("Close the shift first, so that its figures belong to one post."),
    ),
    "BMIS-766": lambda: (
        _("A supervisor has not signed the redeployment; the truck stays"),
        _("Have a supervisor sign with user name and password."),
    ),
    "BMIS-767": lambda: (
        _("The redeployment has no reason"),
        _("Say in a few words why the truck is sent, or which order says so."),
    ),
    "BMIS-768": lambda: (
        _("A traveller is still on the screen; nothing else was read"),
        _("Answer first: F12, F6 or Esc."),
    ),
    "BMIS-769": lambda: (
        _("This traveller cannot be recorded on the truck's screen"),
        _("Open the lane (Ctrl+K) and record the traveller there."),
    ),
    "BMIS-770": lambda: (
        _("The GPS receiver does not answer"),
        _("Check its cable, or gpsd. Records are kept without a position meanwhile."),
    ),
    "BMIS-771": lambda: (
        _("This is no serial of a pass and no plate"),
        _("A serial has eight digits and a letter or digit; a plate has letters and digits. Look and type it again."),
    ),
    "BMIS-772": lambda: (
        _("Nobody has said which way the travellers go"),
        _("Press the button of the direction: in or out."),
    ),
    "BMIS-773": lambda: (
        _("The truck was sent to another post; nobody is recorded until the program is opened again"),
        _("Close the program and open it again: it then works for the new post."),
    ),
}
