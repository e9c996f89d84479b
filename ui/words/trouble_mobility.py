"""The words of the errors of observed counts, mobility mapping, surveys and the register of posts (BMIS-780 to 799)."""

from collections.abc import Callable

from bmis.kernel.i18n import translate as _

WORDS: dict[str, Callable[[], tuple[str, str]]] = {
    "BMIS-780": lambda: (
        _("A field of mobility is missing or cannot be ({where})"),
        _("Correct that field and send it again; leave out what nobody recorded."),
    ),
    "BMIS-781": lambda: (
        _("The people of group {group} by sex and age do not add up to its total"),
        _("Correct the numbers; those without sex or age are not recorded (sex_age_unknown)."),
    ),
    "BMIS-782": lambda: (
        _("Part of this slot was observed before at this point"),
        _("Take the earlier slot back at the desk or correct it with --amends, or give only the time that is new."),
    ),
    "BMIS-783": lambda: (
        _("Something else was said of this day at this point ({status})"),
        _("Take the earlier statement back first if it is wrong: `bmis flows withdraw`."),
    ),
    "BMIS-784": lambda: (
        _("The point is neither a post of the list nor a mapped place"),
        _("Check the code: mapped places stand in Registers, at the terminal in `bmis flows places list`."),
    ),
    "BMIS-785": lambda: (
        _("No such record of mobility stands"),
        _("Look the record up in its list; it may have been taken back."),
    ),
    "BMIS-786": lambda: (
        _("A record of that code stands already"),
        _("Give another code, or correct the record that stands: C in its list at the desk, --amend at the terminal."),
    ),
    "BMIS-787": lambda: (
        _("The same request of mobility was kept before with another content"),
        _("Give a new request_id to what is new; correct what was kept with --amends."),
    ),
    "BMIS-788": lambda: (
        _("These days cannot be: they are the wrong way round, or the time has not come"),
        _("Check the days and the clock, then send it again."),
    ),
    "BMIS-789": lambda: (
        _("A reason is needed"),
        _("Write why, in 3 to {longest} characters."),
    ),
    "BMIS-790": lambda: (
        _("A file of rules of mobility is missing or damaged ({file})"),
        _("Install the program again, or correct the file that was changed."),
    ),
    "BMIS-791": lambda: (
        _("A question of the survey is not asked, or its answer is not of its list ({question})"),
        _("`bmis flows survey questions` shows questions and answers; there are no free answers."),
    ),
    "BMIS-792": lambda: (
        _("Nobody is asked without agreeing, or under {least} years"),
        _("Ask for agreement and for the age first; otherwise keep nothing."),
    ),
    "BMIS-793": lambda: (
        _("Fewer than {limit} people were asked; their answers cannot be handed over"),
        _("Choose more days, or wait for more surveys."),
    ),
}
