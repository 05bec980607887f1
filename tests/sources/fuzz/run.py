"""Fuzzes every reader, guided by coverage, for a bounded number of runs with a fixed seed.

usage: python tests/sources/fuzz/run.py [--runs N] [--seed N] [READER ...]

Needs atheris (`pip install atheris`), which nothing else here needs. Each reader starts from its own cases under `tests/sources/cases`.
A crash is anything but records, rejects and one clear error, more than 10 seconds for one input, or more than 1 GiB. What crashed is
left in the folder that is named; add it as a small case to `tests/sources/test_hostile.py`. Exit code 1 where there was one.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "cases"
LONGEST = 16384  # bytes of an input: more than any case has, as half a workbook is none
SECONDS, MEGABYTES = 10, 1024


def fuzz(name: str, corpus: str, runs: int, seed: int) -> None:
    """Fuzzes one reader in this process, which ends with it."""
    import atheris

    sys.path[:0] = [str(HERE.parent), str(HERE.parents[2])]
    with atheris.instrument_imports(include=["kg.sources"]):
        from reader_driver import drive

        from kg.sources.registry import sources

        source = next(source for source in sources() if source.name == name)  # imports every reader

    def one(data: bytes) -> None:
        try:
            drive(data, source)
        except BaseException:
            Path(corpus, "crash").write_bytes(data)  # the fuzzer itself may die before it writes it, as with pyarrow's threads
            raise

    limits = [f"-runs={runs}", f"-seed={seed}", f"-max_len={LONGEST}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={corpus}/", corpus], one)
    atheris.Fuzz()


def seeds(name: str, folder: Path) -> None:
    """Copies the reader's own cases."""
    for number, path in enumerate(sorted((CASES / name.replace("-", "_")).glob("*/input.*"))):
        shutil.copy(path, folder / f"case-{number}")


def run(name: str, runs: int, seed: int) -> bool:
    """Fuzzes one reader in a process of its own and prints a line about it; whether it crashed."""
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    seeds(name, folder)
    start = time.monotonic()
    command = [sys.executable, __file__, "--one", name, str(folder), "--runs", str(runs), "--seed", str(seed)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    crashed = done.returncode != 0
    last = [line for line in done.stdout.splitlines() if "DONE" in line or "Error" in line or "Exception" in line][-1:]
    (folder / "log").write_text(done.stdout, "utf-8")
    print(
        f"{name:20} {runs:>8} runs {time.monotonic() - start:6.0f} s  {'CRASH in ' + str(folder) if crashed else 'no crash'}  {' '.join(last)[:150]}",
        flush=True,
    )
    if not crashed:
        shutil.rmtree(folder)
    return crashed


def main() -> int:
    """Command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("readers", nargs="*", metavar="READER")
    options.add_argument("--runs", type=int, default=20_000, help="runs of each reader")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.one:
        fuzz(*told.one, told.runs, told.seed)
    names = told.readers or sorted(path.name.replace("_", "-") for path in CASES.iterdir())
    return int(sum(run(name, told.runs, told.seed) for name in names) > 0)


if __name__ == "__main__":
    sys.exit(main())
