"""How fast each reader is beside the bare parser of the same library, and how much memory a long file takes.

usage: python benchmarks/readers.py [--json] [--records N] [--turns N] [--format NAME ...] [PATH ...]
       python benchmarks/readers.py --memory [N]

The bare parser goes through all records of the same bytes and keeps nothing: orjson a line (the standard library's json where the file is
one array or answer), lxml's iterparse with every record cleared, bibtexparser, rispy, csv.DictReader, pyarrow's to_pylist, openpyxl's rows.
Ours is the whole reading: packing undone, encoding found, records made and checked. All are timed in this process by processor time, in
turns, and the median counts. `at most` is the share of the bare parser's rate that is left if nothing but that parser runs and each checked
`Paper` is made of values that lie ready: no reader that gives such records can be above it. Without paths the files are made here
(`reader_files`); with paths the files named are read, each as often as makes a fifth of a second.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from reader_files import FORMATS

from kg.models import Paper
from kg.protocols import Input, ReadOptions, Source
from kg.sources.inputs import open_input
from kg.sources.json_stream import glimpse, unfold
from kg.sources.json_values import in_lines
from kg.sources.registry import choose

LEAST = 0.2  # seconds that one timing takes at least
RECORDS = 2000
_TAGS = {
    "acl-anthology": "paper", "arxiv-atom": "entry", "arxiv-oai": "record", "pubmed": "PubmedArticle", "jats": "article",
}  # fmt: skip
_SLOW = {"jats": 8, "unarxive": 8, "excel": 4, "bibtex": 4, "web-of-science": 2}  # whose generated files hold that many times fewer records


def bare_lines(given: Input) -> int:
    """orjson, a line at a time."""
    with given.binary() as stream:
        return sum(1 for line in stream if line.strip() and orjson.loads(line) is not None)


def bare_json(given: Input) -> int:
    """The standard library's json over the whole text, which is what reads arrays and answers here."""
    with given.text() as stream:
        return sum(1 for _ in unfold(json.loads(stream.read())))


def bare_xml(given: Input, tag: str) -> int:
    """lxml's iterparse, each record cleared."""
    from lxml import etree

    count = 0
    with given.binary() as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag=f"{{*}}{tag}"):
            count += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return count


def bare_bibtex(given: Input) -> int:
    """bibtexparser without middleware, which is what parses entries here."""
    from bibtexparser.splitter import Splitter

    with given.text() as stream:
        return len(Splitter(stream.read()).split().entries)


def bare_tagged(given: Input, parser: str) -> int:
    """rispy's own parser for the format."""
    import rispy

    with given.text() as stream:
        return len(rispy.load(stream, implementation=getattr(rispy, parser)))


def bare_csv(given: Input) -> int:
    """csv.DictReader."""
    with given.binary() as stream:
        return sum(1 for _ in csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig", newline="")))


def bare_parquet(given: Input) -> int:
    """pyarrow, batches to lists of rows."""
    from pyarrow import parquet

    with given.binary() as stream:
        table = parquet.ParquetFile(io.BytesIO(stream.read()))
        return sum(len(batch.to_pylist()) for batch in table.iter_batches(batch_size=1000))


def bare_excel(given: Input) -> int:
    """openpyxl, rows of values."""
    import openpyxl

    with given.binary() as stream:
        book = openpyxl.load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=True)
        return sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True))


def bare(given: Input, source: Source) -> Callable[[], int] | None:
    """The bare parser for the input; None for a format that no library reads."""
    others: dict[str, Callable[[Input], int]] = {
        "bibtex": bare_bibtex, "csv-table": bare_csv, "parquet": bare_parquet, "excel": bare_excel,
        "ris": lambda it: bare_tagged(it, "RisParser"), "web-of-science": lambda it: bare_tagged(it, "WokParser"),
    }  # fmt: skip
    if source.name in others:
        return lambda: others[source.name](given)
    if source.name in _TAGS:
        return lambda: bare_xml(given, _TAGS[source.name])
    if given.head.lstrip()[:1] not in ("{", "["):
        return None
    lines = in_lines(given.head) and not glimpse(given.head).paged
    return (lambda: bare_lines(given)) if lines else (lambda: bare_json(given))


def ours(given: Input, source: Source) -> int:
    """The reader, each record dropped as it comes."""
    return sum(1 for _ in source.read(given, ReadOptions()))


def made_again(given: Input, source: Source) -> Callable[[], int]:
    """Makes the file's checked papers of plain values that were read before."""
    values = [item.model_dump(exclude_defaults=True) for item in source.read(given, ReadOptions()) if isinstance(item, Paper)]
    return lambda: sum(1 for value in values if Paper.model_validate(value))


def seconds(work: Callable[[], int], times: int) -> float:
    """Processor seconds of one run of `work`, over `times` runs."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def measured(path: Path, turns: int) -> dict[str, Any] | None:
    """Both rates for one file, in records a second; None where there is nothing to compare with."""
    given = open_input(str(path))
    source = choose(given)
    parse = bare(given, source)
    if parse is None:
        return None
    count = ours(given, source)  # warms both up, too
    works: list[Callable[[], int]] = [parse, lambda: ours(given, source), made_again(given, source)]
    times = [max(1, round(LEAST / max(seconds(work, 1), 1e-6))) for work in works]
    taken = [[seconds(work, many) for work, many in zip(works, times, strict=True)] for _ in range(turns)]
    theirs, own, again = (statistics.median(turn[at] for turn in taken) for at in range(3))
    return {
        "format": source.name, "file": path.name, "records": count, "bare": round(count / theirs), "ours": round(count / own),
        "microseconds": round(own / count * 1e6, 1), "ratio": round(theirs / own, 3),
        "at_most": round(theirs / (theirs + again), 3),
    }  # fmt: skip


def made(folder: Path, names: list[str], records: int) -> Iterator[Path]:
    """The generated file of each format."""
    for name in names:
        path = folder / name
        FORMATS[name](path, max(1, records // _SLOW.get(name, 1)))
        yield path


def memory(records: int) -> list[tuple[int, float]]:
    """(records read, peak resident MiB so far) at a tenth, half and all of a generated file of JSON Lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.jsonl"
        FORMATS["arxiv-snapshot"](path, min(1000, records))
        block = path.read_bytes()
        with path.open("wb") as file:
            for _ in range(records // 1000):
                file.write(block)
        given = subprocess.run([sys.executable, __file__, "--read", str(path), str(records)], check=True, capture_output=True, text=True)
        return [(int(count), float(peak)) for count, peak in (line.split() for line in given.stdout.splitlines())]


def read_long(path: str, records: int) -> None:
    """Reads the file in this process and prints the peaks."""
    given = open_input(path)
    marks = {max(1, records // 10), max(1, records // 2), records}
    for count, _ in enumerate(choose(given).read(given, ReadOptions()), 1):
        if count in marks:
            print(count, round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1))


def show(rows: list[dict[str, Any]]) -> None:
    """The rows as a table of Markdown."""
    print("| format | file | records | bare, records/s | ours, records/s | µs a record | ours / bare | at most |\n|---|---|--:|--:|--:|--:|--:|--:|")
    for row in rows:
        rates = f"{row['bare']:,} | {row['ours']:,} | {row['microseconds']}"
        print(f"| {row['format']} | {row['file']} | {row['records']:,} | {rates} | {row['ratio']:.2f} | {row['at_most']:.2f} |")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options.add_argument("--records", type=int, default=RECORDS, help="records of each generated file")
    options.add_argument("--turns", type=int, default=5, help="timings of each, of which the median counts")
    options.add_argument("--format", action="append", choices=sorted(FORMATS), help="only this format; may be repeated")
    options.add_argument("--memory", type=int, nargs="?", const=1_000_000, metavar="N", help="peak memory over N generated records instead")
    options.add_argument("--read", nargs=2, metavar=("PATH", "N"), help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.read:
        read_long(told.read[0], int(told.read[1]))
    elif told.memory:
        peaks = memory(told.memory)
        rows = [{"records": count, "peak_mib": peak} for count, peak in peaks]
        print(json.dumps(rows) if told.json else "\n".join(f"{count:>10,} records: peak {peak:.1f} MiB" for count, peak in peaks))
    else:
        with tempfile.TemporaryDirectory() as folder:
            paths = told.paths or made(Path(folder), told.format or list(FORMATS), told.records)
            found = [row for path in paths if (row := measured(path, told.turns))]
        print(json.dumps(found, indent=1)) if told.json else show(found)


if __name__ == "__main__":
    main()
