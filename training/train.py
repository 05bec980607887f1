"""Train the reader on gold papers: one joint run, resumable at every epoch, seeds fixed.

usage: train.py --gold TRAIN.jsonl --encoder MODEL_DIR --out DIR [options]

Two processes of one thread each beat one of two threads on a machine that is busy with other work (`--ranks`): every batch is
split between them and the gradients are averaged, so the ranks hold equal weights at every step.

Invariant: a run is a function of the data, the options and the seed, but for `--minutes`, which shortens the schedule so that it
ends (learning rate at nought) within that time on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from batch import batches, collate
from data import Example, examples, held_out
from losses import losses, total
from model import FULL, INNER, LAYERS, Reader, keeping, shape_of
from quality import quick
from safetensors.torch import load_file
from teacher import Teacher, teacher

WARM = 0.06


def groups(net: Reader, rate: float, head_rate: float, decay: float) -> list[dict[str, object]]:
    """Parameter groups: lower layers learn slower, heads faster; the piece embeddings stay as they were pre-trained."""
    net.encoder.word.weight.requires_grad_(False)
    out, layers = [], len(net.encoder.layers)
    for name, parameter in net.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("encoder.layers."):
            lr = rate * decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.shape"):
            lr = head_rate
        elif name.startswith("encoder."):
            lr = rate * decay**layers
        else:
            lr = head_rate * (5 if name == "crf.steps" else 1)
        out.append({"params": [parameter], "lr": lr, "peak": lr, "weight_decay": 0.01 if parameter.ndim > 1 else 0.0})
    return out


def scale(progress: float) -> float:
    """Learning rate's share of its peak: linear up, linear down."""
    return min(progress / WARM, (1 - progress) / (1 - WARM)) if progress < 1 else 0.0


class Average:
    """Exponential moving average of the trained weights."""

    def __init__(self, net: Reader, decay: float) -> None:
        self.decay = decay
        self.weights = {k: v.detach().clone() for k, v in net.state_dict().items()}
        self.steps = 0

    @torch.no_grad()
    def update(self, net: Reader) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 9))
        for key, value in net.state_dict().items():
            if value.dtype.is_floating_point and key != "encoder.word.weight":
                self.weights[key].lerp_(value, 1 - decay)


def begun(o: argparse.Namespace, vocabulary: int) -> Reader:
    """A reader with the pre-trained encoder's weights, or all of an earlier run's where the folder is such a one (it holds `average.pt`).
    A network of fewer layers takes the lowest ones."""
    if (o.encoder / "average.pt").exists():
        stored = keeping(torch.load(o.encoder / "average.pt", weights_only=True), range(o.layers) if o.layers else None)
        net = Reader(vocabulary, o.dropout, **shape_of(stored))
        net.load_state_dict(stored)
    else:
        net = Reader(vocabulary, o.dropout, [INNER] * (o.layers or LAYERS), o.full)
        net.encoder.load_bert(load_file(o.encoder / "model.safetensors"))
    return net


def share_gradients(net: Reader, ranks: int) -> None:
    """Replace every gradient by the mean over the ranks."""
    if ranks == 1:
        return
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in net.parameters() if p.requires_grad])
    dist.all_reduce(flat)
    flat /= ranks
    place = 0
    for p in net.parameters():
        if p.requires_grad:
            p.grad = flat[place : place + p.numel()].view_as(p)
            place += p.numel()


@dataclass
class State:
    """What a checkpoint holds: a run goes on from it as if it had never stopped."""

    net: Reader
    optimizer: torch.optim.Optimizer
    average: Average
    teacher: Teacher | None = None
    epoch: int = 0
    spent: float = 0.0  # seconds of training

    def load(self, path: Path) -> None:
        """Take over a checkpoint where there is one."""
        if path.exists():
            stored = torch.load(path, weights_only=True)
            self.net.load_state_dict(stored["net"])
            self.optimizer.load_state_dict(stored["optimizer"])
            self.average.weights, self.average.steps = stored["average"], stored["steps"]
            self.epoch, self.spent = stored["epoch"], stored["spent"]

    def save(self, path: Path) -> None:
        """Write whole, then rename, so that a cut run never leaves half a file."""
        parts = {"net": self.net.state_dict(), "optimizer": self.optimizer.state_dict(), "average": self.average.weights,
                 "steps": self.average.steps, "epoch": self.epoch, "spent": self.spent}  # fmt: skip
        torch.save(parts, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)


def run(rank: int, o: argparse.Namespace) -> None:
    """One rank's part of the training; rank 0 logs and saves."""
    torch.set_num_threads(o.threads)
    if o.ranks > 1:
        dist.init_process_group("gloo", init_method=f"file://{(o.out / 'ranks').resolve()}", rank=rank, world_size=o.ranks)
    torch.manual_seed(o.seed)
    vocabulary = (o.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    papers = examples(o.gold, vocabulary)
    train = [e for e in papers if not held_out(e.id, share=o.held_out)][: o.limit]
    held = [e for e in papers if held_out(e.id, share=o.held_out)][: o.probe]
    net = begun(o, len(vocabulary))
    optimizer = torch.optim.AdamW(groups(net, o.rate, o.head_rate, o.decay), betas=(0.9, 0.98), eps=1e-6, foreach=True)
    state = State(net, optimizer, Average(net, o.average), teacher(o.teacher, train, o.out, rank=rank, ranks=o.ranks) if o.teacher else None)
    state.load(o.out / "last.pt")
    for group, fresh in zip(optimizer.param_groups, groups(net, o.rate, o.head_rate, o.decay), strict=True):
        group["peak"] = fresh["peak"]  # a run that goes on takes the rates of its own options
    while state.epoch < o.epochs and (not o.minutes or state.spent < 60 * o.minutes):
        torch.manual_seed(o.seed + 1000 * state.epoch + rank)  # the ranks drop different units
        one_epoch(state, train, rank=rank, o=o)
        if rank == 0:
            state.save(o.out / "last.pt")
            probe = Reader(len(vocabulary), 0.0, **shape_of(state.average.weights))
            probe.load_state_dict(state.average.weights)
            log(o.out, {"epoch": state.epoch, "spent": round(state.spent), **quick(probe, held)})
    if rank == 0:
        (o.out / "vocab.txt").write_text("".join(f"{piece}\n" for piece in vocabulary), encoding="utf-8")  # so that a run can start from this one
        torch.save(state.average.weights, o.out / "average.pt")
        torch.save(net.state_dict(), o.out / "final.pt")


def elapsed(seconds: float, ranks: int) -> float:
    """The slowest rank's seconds: the schedule must be the same on all."""
    if ranks == 1:
        return seconds
    table = torch.tensor(seconds, dtype=torch.float64)
    dist.all_reduce(table, op=dist.ReduceOp.MAX)
    return float(table)


def one_epoch(state: State, train: list[Example], *, rank: int, o: argparse.Namespace) -> None:
    """One pass, or what the schedule leaves of it."""
    state.net.train()
    started, sums, before = time.monotonic(), dict[str, float](), state.spent
    order = batches(train, o.batch, o.seed + state.epoch)
    for step, chosen in enumerate(order):
        progress = (state.epoch + step / len(order)) / o.epochs
        if o.minutes:
            state.spent = elapsed(before + time.monotonic() - started, o.ranks)
            progress = max(progress, state.spent / (60 * o.minutes))
            if progress >= 1:
                break
        for name, loss in one_step(state, chosen[rank :: o.ranks], progress, o.ranks).items():
            sums[name] = sums.get(name, 0.0) + loss / 20
        if (step + 1) % 20 == 0 and rank == 0:
            rate = round((step + 1) * o.batch / (time.monotonic() - started), 2)
            log(o.out, {"epoch": state.epoch, "step": step + 1, "of": len(order), "progress": round(progress, 3), "papers_per_s": rate,
                        **{k: round(v, 4) for k, v in sums.items()}})  # fmt: skip
            sums = {}
    state.epoch += 1
    state.spent = elapsed(before + time.monotonic() - started, o.ranks)


def one_step(state: State, mine: list[Example], progress: float, ranks: int) -> dict[str, float]:
    """Learn from one batch; this rank's losses."""
    for group in state.optimizer.param_groups:
        group["lr"] = group["peak"] * scale(progress)
    parts = losses(state.net, collate(mine), state.teacher.wanted(mine) if state.teacher else None) if mine else {}
    if parts:
        total(parts).backward()
    share_gradients(state.net, ranks)
    torch.nn.utils.clip_grad_norm_([p for p in state.net.parameters() if p.grad is not None], 2.0)
    state.optimizer.step()
    state.optimizer.zero_grad(set_to_none=True)
    state.average.update(state.net)
    return {name: loss.item() for name, loss in parts.items()}


def log(folder: Path, record: dict[str, object]) -> None:
    """One JSON line to the run's log and to standard output."""
    line = json.dumps({"at": time.strftime("%H:%M:%S"), **record})
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as out:
        out.write(line + "\n")


def options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gold", type=Path, required=True)
    p.add_argument("--encoder", type=Path, required=True, help="folder with vocab.txt and model.safetensors, or an earlier run's")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--layers", type=int, help="keep this many of the encoder's layers, the lowest [all]")
    p.add_argument("--full", type=int, default=FULL, help="layers worked out for every piece, where the start is a pre-trained encoder")
    p.add_argument("--epochs", type=float, default=7)
    p.add_argument("--minutes", type=float, help="end the schedule within this much training time")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--rate", type=float, default=2e-4, help="peak rate of the top encoder layer")
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--decay", type=float, default=0.9, help="each lower layer's rate, as a share of the one above")
    p.add_argument("--dropout", type=float, default=0.1)
    p.add_argument("--average", type=float, default=0.997, help="decay of the weight average")
    p.add_argument("--held-out", type=float, default=0.04, help="share of the papers kept for temperatures and thresholds")
    p.add_argument("--limit", type=int, help="only this many papers, for a trial or a learning curve")
    p.add_argument("--probe", type=int, default=48, help="held-out papers for the quick figures of each epoch")
    p.add_argument("--teacher", type=Path, help="package data of a larger reader whose word vectors this one is to come near to")
    p.add_argument("--ranks", type=int, default=2, help="processes")
    p.add_argument("--threads", type=int, default=1, help="threads a process")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def main(o: argparse.Namespace) -> None:
    """Start the ranks and wait for them."""
    o.out.mkdir(parents=True, exist_ok=True)
    (o.out / "ranks").unlink(missing_ok=True)
    if o.ranks == 1:
        run(0, o)
    else:
        torch.multiprocessing.spawn(run, (o,), nprocs=o.ranks)


if __name__ == "__main__":
    main(options())
