"""What watching costs a PyTorch training: `python3 bench/watching.py seed` or `resnet`, with the seconds that it may take.

In one process steps of a training that nobody watches and of one that a hall watches take turns, block by block; each block
is compared with the two beside it that nobody watches, so that what else the machine does falls on all alike. The hall is a process of its own; it asks for every activation and every weight
as far as a hall shows them, which is up to 20,000 numbers of each tensor. Of each step the time is taken during which its
thread ran or waited for another of its process (for Python's lock, say); what it waited for a processor is left out, as
the machine is shared. Of processor time there is that of the
training's thread alone, which is what watching adds where a core is free for it, and that of the whole process, which is what it
adds where none is.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

import torch
from torch import nn

from hall import TOKEN, Hall
from networks import Functional, Training, data

import perceptarium

RATES = (0, 10, 60)

HALL = """
import sys, threading
sys.path[:0] = sys.argv[1:3]
from hall import Hall, until
one = Hall()
print(one.port, flush=True)
until(lambda: one.of("Graph"), 600)
asked = []
for tensor in one.graph["tensors"]:
    if tensor["role"] in ("input", "activation", "parameter"):
        sizes = [dim["size"] for dim in tensor["dims"]]
        of_map = (sizes[-2] if len(sizes) > 1 else 1) * sizes[-1]
        maps = max(1, 20000 // of_map)
        part = {"first": [0, 0, 0], "count": [maps, 1 << 63, 1 << 63]}
        asked.append({"tensor": tensor["name"], "slice": part, "level": 0})
for line in sys.stdin:
    rate = float(line)
    if rate:
        one.ask({"Subscribe": [{**each, "per_second": rate} for each in asked]})
        one.ask({"SetSnapshotRate": {"per_second": rate}})
    else:
        one.ask({"SetSnapshotRate": {"per_second": 0}})
    print(len(one.snapshots), flush=True)
    one.snapshots, one.reports = [], [{"Graph": one.graph}]
"""


def training(kind: str) -> Training:
    """The seed's network (a convolution of 32 filters, pooling, ten outputs; 64 pictures a step), or ResNet-18 (8 of 32 × 32)."""
    if kind == "resnet":
        from test_resnet import network

        x, y = data((3, 32, 32))
        return Training(network, x, y, batch=8, optimiser=lambda some: torch.optim.SGD(some, lr=0.01))

    def seed() -> nn.Module:
        return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(32 * 13 * 13, 10))

    x, y = data((1, 28, 28), count=512)
    return Training(seed, x, y, batch=64, optimiser=lambda some: torch.optim.Adam(some, lr=1e-3))


def waited() -> float:
    """Seconds that this thread waited for a processor."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def block(one: Training, steps: int) -> "list[float]":
    """Of some steps: their time, processor time of their thread and of the process, and the longest of them."""
    times, thread, process = [], time.thread_time(), time.process_time()
    for _ in range(steps):
        began, before = time.perf_counter(), waited()
        one.step()
        times.append(time.perf_counter() - began - (waited() - before))
    return [sum(times), time.thread_time() - thread, time.process_time() - process, max(times)]


def main() -> None:
    kind, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 120.0
    hall = subprocess.Popen(
        [sys.executable, "-c", HALL, str(HERE.parent), str(HERE.parent / "tests")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    port = int(hall.stdout.readline())
    alone, watched = training(kind), training(kind)
    handle = perceptarium.watch(watched.model, watched.optimiser, loss=watched.loss, token=TOKEN, port=port)
    while not handle.watched or not handle._session.begun:
        watched.step()
    block(alone, 3)

    def ask(rate: float) -> int:
        hall.stdin.write(f"{rate}\n")
        hall.stdin.flush()
        return int(hall.stdout.readline())

    per_block = 4 if kind == "resnet" else 60
    ratios = {rate: [] for rate in RATES}
    longest, pictures, spans = ({rate: 0.0 for rate in RATES} for _ in range(3))
    plain, end = [], time.monotonic() + seconds
    before_it = block(alone, per_block)
    while time.monotonic() < end:
        for rate in RATES:
            ask(rate)
            began, seen = time.monotonic(), handle._session.snapshots
            measured = block(watched, per_block)
            spans[rate] += time.monotonic() - began
            pictures[rate] += handle._session.snapshots - seen
            longest[rate] = max(longest[rate], measured[3])
            ask(0)
            after_it = block(alone, per_block)
            ratios[rate].append([2 * one / (a + b) - 1 for one, a, b in zip(measured[:3], before_it, after_it)])
            plain.append(after_it[0] / per_block)
            before_it = after_it
    print(
        f"{kind}: alone {statistics.fmean(plain) * 1e3:.2f} ms a step, {len(ratios[0])} blocks of {per_block} steps for each rate"
    )
    for rate in RATES:
        told = []
        for column in zip(*ratios[rate]):
            error = statistics.stdev(column) / len(column) ** 0.5 if len(column) > 1 else float("nan")
            told.append(f"{statistics.fmean(column):+.2%} ± {error:.2%}")
        print(
            f"asked {rate:2}: time of a step {told[0]}, processor time of its thread {told[1]}, of the whole process {told[2]}, "
            f"longest {longest[rate] * 1e3:.0f} ms, {pictures[rate] / spans[rate]:.1f} pictures a second"
        )
    handle.close()
    hall.kill()


if __name__ == "__main__":
    main()
