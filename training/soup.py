"""The mean of the weights of several runs that started from one another: a model soup (Wortsman et al. 2022).

usage: soup.py --of RUN_DIR RUN_DIR... --out DIR

Reads each run's `average.pt` and writes one, with the vocabulary. Invariant: what is no number of the network stays the first run's.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main(o: argparse.Namespace) -> None:
    states = [torch.load(run / "average.pt", weights_only=True) for run in o.of]
    mean = {key: torch.stack([state[key] for state in states]).mean(0) if value.is_floating_point() else value for key, value in states[0].items()}
    o.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(o.of[0] / "vocab.txt", o.out / "vocab.txt")
    torch.save(mean, o.out / "average.pt")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--of", type=Path, nargs="+", required=True)
    p.add_argument("--out", type=Path, required=True)
    main(p.parse_args())
