"""``bmis bench``: ratios against named peers. The benchmarks are in tools/bench, which is not shipped."""

import importlib
import inspect
import platform
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bmis.kernel.resources import resource
from ui.cli.bench_words import words_of_result
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import BenchmarkUnknownError, ValueRefusedError

LIBRARIES = ("sqlalchemy", "sqlcipher3", "pyside6-essentials")


def add_to(app: typer.Typer) -> None:
    """Give the application its command."""
    app.command("bench", help="Measure against named peers, in a checkout of the source.")(bench)


def bench(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="which: saves, window, lookup, rules, tally, seal, bulletin, mrz")],
    rows: Annotated[int, typer.Option(help="crossings in the store of lookup and bulletin")] = 1_000_000,
    runs: Annotated[int, typer.Option(help="how many are measured; 0 is each benchmark's own number")] = 0,
    folder: Annotated[
        Path | None, typer.Option("--set", help="mrz: a folder with labels.json, measured as well")
    ] = None,
    peer_count: Annotated[int, typer.Option(min=1, help="mrz: how many pictures of a set the peers read")] = 60,
) -> int:
    from importlib.metadata import version  # 13 ms of CPU that no other command needs

    call: Call = context.obj
    options = {"rows": rows, "runs": runs, "folder": folder, "peer_count": peer_count}
    results = []
    for measure in [_benchmark(name) for name in names]:
        taken = inspect.signature(measure).parameters
        try:
            result = measure(**{name: value for name, value in options.items() if name in taken})
        except ValueError as problem:  # of all that a benchmark is given only the folder can be wrong
            if folder is None or "folder" not in taken:
                raise
            raise ValueRefusedError(argument="--set") from problem
        results.append(result)
        if not call.json:
            call.answer(result, words_of_result(result))
    ok = all(result["ok"] for result in results)
    versions = {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
    versions["machine"] = f"{platform.system()} {platform.machine()}"
    words = [f"{name} {number}" for name, number in versions.items()]
    call.answer({"ok": ok, "versions": versions, "results": results}, words)
    return DONE if ok else NO


def _benchmark(name: str) -> Any:
    checkout = resource().parent
    folder = checkout / "tools" / "bench"
    known = sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))
    if name not in known:
        raise BenchmarkUnknownError(name=name[:40], known=", ".join(known) or "—")
    _reach(checkout)
    return importlib.import_module(f"tools.bench.bench_{name}").measure


def _reach(checkout: Path) -> None:
    if str(checkout) not in sys.path:
        sys.path.insert(0, str(checkout))
