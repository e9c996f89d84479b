"""``--help`` in the language in force. Typer would speak English only, and import a painter of boxes."""

from typing import Any

from bmis.kernel.i18n import translate as _
from ui.cli.call import DONE, say
from ui.cli.errors import CommandUnknownError

INDENT = 26


def show_help(root: Any, words: list[str]) -> int:
    """Print the help of the command that ``words`` lead to, and return the exit code.

    Raises:
        CommandUnknownError: a word is no command.
    """
    command, path = root, ["bmis"]
    for word in words:
        children = getattr(command, "commands", None)
        if not children or word.startswith("-"):
            break
        if word not in children:
            raise CommandUnknownError(command=word)
        command = children[word]
        path.append(word)
    for line in _lines(command, " ".join(path)):
        say(line)
    return DONE


def _lines(command: Any, path: str) -> list[str]:
    children = getattr(command, "commands", {})
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and each.name != "help"]
    usage = [path, *([_("COMMAND")] if children else []), *(_shape(each) for each in arguments)]
    lines = [_("Usage: {line}").format(line=" ".join(usage)), ""]
    if command.help:
        lines += [_(command.help), ""]
    if children:
        lines += [_("Commands:"), *(_row(name, child.help) for name, child in children.items()), ""]
    if arguments:
        lines += [_("Arguments:"), *(_row(each.name.upper(), each.help) for each in arguments), ""]
    lines.append(_("Options:"))
    lines += [_row(", ".join(each.opts), each.help) for each in options]
    lines += [
        _row("--json", _("print one JSON document")),
        _row("--lang pt|en", _("the language of the words")),
        _row("--home DIR", _("the home to work in")),
        _row("--now MOMENT", _("set the clock, in training homes only")),
    ]
    return lines


def _row(name: str, text: str | None) -> str:
    return f"  {name:<{INDENT}} {_(text) if text else ''}".rstrip()


def _shape(argument: Any) -> str:
    name = argument.name.upper() + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"
