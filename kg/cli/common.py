"""What commands share: the graph option, progress on stderr, tables and JSON on stdout.

Invariant: `--json` output is one JSON value (or one a line) and nothing else stands on stdout.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from kg.config import OWN_LINE

graph_option = click.option(
    "-g", "--graph", "graph", envvar="KG_GRAPH", metavar="DIR", show_envvar=True, type=click.Path(), help="The graph's folder  [default: ./graph]"
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
model_option = click.option("--model", metavar="NAME", help="The extractor: `kg formats` lists them.")
page_year_option = click.option("--page-year", type=click.IntRange(1900, 2999), metavar="YEAR", help="The year of page dates that print none.")
workers_option = click.option(
    "--workers", type=click.IntRange(0, 64), default=0, help="Worker processes; 0 chooses by the work there is  [default: 0]"
)


class Line(click.ParamType[float]):
    """A confidence from 0 to 1, or `auto`, the extractor's own line."""

    name = "0 to 1 or auto"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; `OWN_LINE` for `auto`."""
        if value in ("auto", OWN_LINE):
            return OWN_LINE
        number = click.FLOAT.convert(value, param, ctx)
        if not 0 <= number <= 1:
            self.fail(f"{value} is neither between 0 and 1 nor `auto`", param, ctx)
        return float(number)


confidence_option = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Leave out what is less certain; 0 shows all  [default: the extractor's own line]"
)

Progress = Callable[[str, int, int | None], None]
STAGES = {"fetch": "fetching records", "read": "reading inputs", "extract": "reading abstracts", "assemble": "assembling", "push": "publishing"}


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress that draws bars with rate and time left on a terminal, and a line now and then elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total, rate="")
            task = bars.tasks[tasks[stage]]
            rate = f"{task.speed:.0f}/s" if task.speed else ""
            bars.update(tasks[stage], completed=done, total=total, rate=rate)

        yield tell


def _lines(every: float = 10.0) -> Progress:
    last = {"": time.monotonic()}

    def tell(stage: str, done: int, total: int | None) -> None:
        if time.monotonic() - last[""] >= every:
            last[""] = time.monotonic()
            click.echo(f"kg: {STAGES.get(stage, stage)}: {done}{f' of {total}' if total else ''}", err=True)

    return tell


def print_json(value: Any) -> None:
    """One JSON value on stdout, indented for reading."""
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode())


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table on stdout, as wide as the terminal, or as the rows need where there is none."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(escape(column), overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(value)) for value in row))
    Console(width=None if sys.stdout.isatty() else 180, highlight=False).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return str(value)
