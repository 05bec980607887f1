"""How much memory and time each hostile file takes, and what is said of it.

usage: python benchmarks/hostile.py [--size BYTES] [NAME ...]

The files are made as `tests/sources/hostile_files.py` has them, one at a time in a temporary folder, and read by a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "sources"))

from hostile_files import FILES


def read(path: str) -> None:
    """Reads the file in this process and prints peak MiB, processor seconds, counts and the first thing that was said."""
    from kg.errors import InputError
    from kg.models import Reject
    from kg.protocols import ReadOptions
    from kg.sources.inputs import open_input
    from kg.sources.registry import choose

    papers, said = 0, ""
    try:
        given = open_input(path)
        for item in choose(given).read(given, ReadOptions()):
            papers, said = (papers, said or item.reason) if isinstance(item, Reject) else (papers + 1, said)
    except InputError as error:
        said = error.reason
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{peak:.0f} | {time.process_time():.1f} | {papers} | {said[:170]}")


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FILES))
    options.add_argument("--size", type=int, default=1 << 30, help="bytes of each file, unpacked")
    options.add_argument("--read", help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.read:
        read(told.read)
        return
    print("| file | on disk, MB | peak, MiB | processor s | papers | what is said |\n|---|--:|--:|--:|--:|---|")
    for name in told.names or FILES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            FILES[name](path, told.size)
            command = [sys.executable, __file__, "--read", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
            line = done.stdout.strip() or f"| | | CRASH {' '.join(done.stderr.split())[-200:]}"
            print(f"| {name} | {path.stat().st_size / 1e6:.1f} | {line} |", flush=True)


if __name__ == "__main__":
    main()
