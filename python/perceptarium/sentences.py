"""What a script is told in English, and its hall by a key, so that each who watches reads it in a language of their own."""

from __future__ import annotations

from typing import Any, Dict

#: The sentences by their keys, as they stand in the hall's own words (a test compares them).
SENTENCES: Dict[str, str] = {
    "attach-model-without-parameters": "the model has no parameters, so there is nothing to be watched",
    "attach-model-is-sharded": "the model is sharded (FSDP), and no process holds its weights whole: watch it without FSDP",
    "attach-model-is-torchscript": (
        "the model is TorchScript, whose functions cannot be looked at: watch the model that it was made from"
    ),
    "attach-model-without-numbers": (
        "the model has no numbers yet (it lies on the device meta): watch it once it has"
    ),
    "attach-model-is-lazy": "the model is lazy and has not seen an example yet: call it once before it is watched",
    "attach-no-optimiser": "no optimiser of this model was found: give it to perceptarium.watch(model, optimizer)",
    "attach-never-called-as-a-whole": (
        "the model is never called as a whole: give inputs=… to perceptarium.watch"
    ),
    "attach-no-tensor-among-arguments": (
        "no tensor is seen among the arguments of the model: give inputs=… to perceptarium.watch"
    ),
    "attach-inputs-do-not-fit": (
        "inputs=… cannot be shown to the model: an example of it is {given}, one of its own batches {own} ({why})"
    ),
    "attach-inputs-without-example": "inputs=… has no example",
    "attach-inputs-of-no-tensor": (
        "inputs=… has no tensor of examples (it is of type {kind}): give a tensor whose first dimension counts them, "
        "or such a tensor and what is right for each"
    ),
    "attach-inputs-not-finite": (
        "inputs=… has numbers that are not finite: example {at}, counted from 0, is the first that cannot be shown"
    ),
    "attach-inputs-and-targets": "inputs=(examples, targets) has {examples} examples and {targets} targets for them",
    "attach-targets-are-no-classes": (
        "inputs=(examples, targets) has the target {target}, but the classes of the model are 0 to {last}"
    ),
    "attach-watching-has-ended": "watching has ended, the training goes on: {why}",
    "attach-it-does-not-answer": "the model is in another program, which does not answer such questions",
    "attach-it-saves-by-itself": "the training saves by itself, where its script says",
    "attach-shown-as-a-copy": "a copy in evaluation mode, one example at a time",
    "attach-draws-even-so": "the model draws some even so: steps wait while pictures are made",
}


class Sentence:
    """One of the sentences, with what it is about."""

    def __init__(self, key: str, **about: object) -> None:
        self._key, self._about = key, {name: str(what) for name, what in about.items()}

    def __str__(self) -> str:
        return SENTENCES[self._key].format(**self._about)

    def told(self) -> Any:
        """A message of the hall's own."""
        return phrase(self._key, **self._about)


class Unseen(Exception):
    """Why nothing of a training can be shown, although it goes on."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.why = why


def phrase(key: str, **about: str) -> Any:
    """A message of the hall's own, which each who watches reads in a language of their own."""
    return {"key": key, "with": [[name, value] for name, value in about.items()]}
