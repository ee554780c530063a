"""What a training tells of itself: the headers of reports and snapshots, in the words of docs/PROTOCOL.md."""

from __future__ import annotations

import math
from typing import Any, Dict, Iterable, List, NamedTuple, Sequence, Tuple, Union

from . import wire
from .ring import Told
from .sentences import Sentence, phrase
from .wishes import LEARNED, Choice

#: The exhibit that shows any graph.
EXHIBIT = "network"

#: Metrics that are told, at most.
MOST_METRICS = 8

#: Words by which a metric is known to be better when it is larger.
_RISING = ("accuracy", "acc", "auc", "f1", "precision", "recall", "score", "reward", "iou", "psnr", "r2")
_SHARES = ("accuracy", "acc", "precision", "recall", "f1", "auc", "iou")


#: What is stated of a stage, by the key of its name in the hall, and the value.
Fact = Tuple[str, Union[str, Sentence]]


class Cost(NamedTuple):
    """What watching has cost since the run began: pictures, those that nobody took, seconds that steps waited, and all."""

    snapshots: int = 0
    dropped: int = 0
    watching: float = 0.0
    working: float = 0.0

    def words(self) -> Dict[str, Any]:
        """As it is told."""
        return {
            "snapshots": self.snapshots,
            "snapshots_dropped": self.dropped,
            "watching_seconds": self.watching,
            "working_seconds": self.working,
        }


class Outline(NamedTuple):
    """What is told of a training at its beginning."""

    device: str
    seed: int
    parameters: int
    metrics: Tuple[str, ...]
    batch: int
    learning_rate: float
    threads: int
    steps: int
    #: Whether its examples are pictures, and how many are held to be looked at.
    pictures: bool
    examples: int


def report(name: str, content: Any, body: bytes = b"") -> bytes:
    """A report as a frame."""
    return wire.frame(wire.REPORT, {name: content}, body)


def metric(name: str) -> Dict[str, str]:
    """How a metric is declared; what it is and whether it is better when it is larger, its name says, as `val_accuracy`."""
    short = name.lower()
    for prefix in ("test_", "val_", "train_"):
        short = short.removeprefix(prefix)
    unit = "share" if short in _SHARES else ""
    better = "higher" if short in _RISING else "lower"
    # All of them come with steps, also those of examples that are held back.
    return {"name": name, "unit": unit, "meaning": name, "split": "train", "better": better}


def run(number: int) -> Dict[str, int]:
    """The run's name; the hall gives it a session of its own."""
    return {"session": 0, "number": number}


def started(number: int, outline: Outline) -> bytes:
    """A run begins."""
    rate = outline.learning_rate if math.isfinite(outline.learning_rate) else 0.0
    example = ("image", "images") if outline.pictures else ("example", "examples")
    content = {
        "run": run(number),
        "exhibit": EXHIBIT,
        "device": outline.device,
        "seed": outline.seed % (1 << 64),
        "parameters": outline.parameters,
        "example": dict(zip(("one", "many"), example)),
        "metrics": [metric(name) for name in outline.metrics],
        "train_examples": 0,
        "test_examples": outline.examples,
        "batch": outline.batch,
        "epochs": 1,
        "in_epochs": False,
        "learning_rates": [rate / 100, rate * 100] if rate > 0 else [1e-6, 1.0],
        "largest_stable_rate": None,
        "steps_per_epoch": outline.steps,
        "learning_rate": rate,
        "threads": outline.threads,
    }
    return report("Started", content)


def spans(lows: Iterable[Any], highs: Iterable[Any]) -> str:
    """From which number to which each channel goes."""
    return ", ".join(f"{float(low):.3g} … {float(high):.3g}" for low, high in zip(lows, highs))


def material(
    pixels: bytes, sizes: Sequence[int], labels: bytes, classes: Sequence[str], remarks: Sequence[Any]
) -> bytes:
    """Pictures that can be looked at, values 0..=255, with the class of each: channels, rows and columns are `sizes`."""
    body = wire.Body()
    channels, height, width = sizes
    content = {
        "pixels": body.add("U8", pixels),
        "channels": channels,
        "width": width,
        "height": height,
        "labels": body.add("U8", labels),
        "classes": list(classes),
        "name": "examples",
        "of_text": False,
        "perhaps_learned": True,
    }
    payload = {"kind": "images.test_set", "version": 1, "content": content}
    return report("Material", {"content": payload, "remarks": list(remarks)}, body.bytes())


def stage(name: str, done: bool, facts: Sequence[Fact] = ()) -> bytes:
    """A stage of the run began or ended."""
    words = [
        {"name": phrase(key), "value": value.told() if isinstance(value, Sentence) else value} for key, value in facts
    ]
    return report("Stage", {"stage": name, "done": done, "facts": words})


def state(what: Any, step: int) -> bytes:
    """The run is in another state."""
    return report("State", {"state": what, "step": step})


def stepped(told: Told, per_second: float, batch: int, cost: Cost) -> bytes:
    """A step, or neighbours."""
    speed = per_second if math.isfinite(per_second) else 0.0
    content = {
        "step": told.step,
        "epoch": 1,
        "values": [wire.number(value) for value in told.values],
        "learning_rate": told.learning_rate if math.isfinite(told.learning_rate) else 0.0,
        "steps_per_second": speed,
        "examples_per_second": speed * batch,
        "cost": cost.words(),
        "merged": told.merged,
    }
    return report("Stepped", content)


def finished(steps: int, per_second: float, seconds: float, batch: int, cost: Cost) -> bytes:
    """The run is over."""
    verdict = {"kind": "attached.learned", "version": 1, "content": {}}
    content = {
        "steps": steps,
        "verdict": verdict,
        "examples_per_second": per_second * batch,
        "seconds": seconds,
        "cost": cost.words(),
    }
    return report("Finished", content)


def choice(asked: Choice, body: wire.Body) -> Any:
    """The input of a snapshot."""
    if asked.kind == "Drawn":
        import array

        return {"Drawn": body.add("F32", array.array("f", asked.pixels).tobytes())}
    if asked.kind == "Learned":
        return {"Other": {"kind": LEARNED, "version": 1, "content": None}}
    return {"Test": asked.place}


def snapshot(number: int, step: int, asked: Choice, layers: List[Any], parameters: List[Any], body: wire.Body) -> bytes:
    """The numbers of a network at one step, whose arrays lie in `body` already."""
    header = {
        "run": run(number),
        "step": step,
        "input": choice(asked, body),
        "layers": layers,
        "parameters": parameters,
        "answer": None,
    }
    return wire.frame(wire.SNAPSHOT, header, body.bytes())


def refusal(query: int, number: int, step: int) -> bytes:
    """What is said to every question."""
    why = Sentence("attach-it-does-not-answer").told()
    return wire.frame(wire.REPLY, {"id": query, "run": run(number), "step": step, "said": {"Err": why}})
