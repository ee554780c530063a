"""What the parts of watching cost, in processor time of the thread that does them: `python3 bench/costs.py seed` or `resnet`.

Medians of many, in one process, so that a machine that is busy with other things tells about the same.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests")]

import perceptarium
from hall import TOKEN, Hall, until
from perceptarium.pytorch.pictures import Picture
from perceptarium.wishes import Choice, Subscription
from watching import training


def milliseconds(what: Callable[[], object], count: int = 30) -> float:
    """The median time of one call."""
    times = []
    for _ in range(count):
        began = time.thread_time()
        what()
        times.append(time.thread_time() - began)
    return statistics.median(times) * 1e3


def asked(graph: dict) -> "list[Subscription]":
    """Every activation and every weight, up to 20,000 numbers of each."""
    found = []
    for tensor in graph["tensors"]:
        if tensor["role"] in ("input", "activation", "parameter"):
            sizes = [dim["size"] for dim in tensor["dims"]]
            of_map = (sizes[-2] if len(sizes) > 1 else 1) * sizes[-1]
            found.append(Subscription(tensor["name"], (0, 0, 0), (max(1, 20000 // of_map), 1 << 62, 1 << 62), 0, 10.0))
    return found


def main() -> None:
    kind = sys.argv[1]
    one, hall = training(kind), Hall()
    handle = perceptarium.watch(one.model, one.optimiser, loss=one.loss, token=TOKEN, port=hall.port)
    watcher = handle._log.__self__
    until(lambda: (one.step(), hall.of("Graph"))[-1])
    subscriptions, probe = asked(hall.graph), watcher.pictures._probe

    def picture() -> None:
        under_way = Picture(0, Choice(), subscriptions, {}, {})
        values = dict(probe.weights())
        values.update(probe.run(Choice(), {each.tensor for each in subscriptions} - set(values)))
        watcher.pictures._show(probe, under_way, values, {})

    def steps() -> None:
        for _ in range(1000):
            watcher.before()
            watcher.after()

    print(f"{kind}: a step {milliseconds(one.step):.2f} ms")
    print(f"copy of the weights, within a step: {milliseconds(probe.take):.3f} ms")
    print(f"a picture, beside the training: {milliseconds(picture):.2f} ms")
    print(f"hooks of a step while a hall asks nothing: {milliseconds(steps, 5):.2f} µs")
    hall.close()
    until(lambda: not handle.watched)
    print(f"hooks of a step without a hall: {milliseconds(steps, 5):.2f} µs")
    handle.close()


if __name__ == "__main__":
    main()
