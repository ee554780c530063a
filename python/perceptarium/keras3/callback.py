"""Watches a Keras training by a callback.

Keras compiles its steps, so that neither activations nor gradients of them can be had: pictures are what the layers make of
an example of one's own (`inputs=`), between two steps and while the training waits, at most a fortieth of its time.
"""

from __future__ import annotations

import time
from typing import Any, Dict, List, Optional, Tuple, Union

import keras
import numpy

from .. import told
from ..link import say
from ..sentences import phrase
from ..session import Session
from ..version import VERSION
from ..wire import Body
from ..wishes import Choice, Subscription
from . import structure, thin

#: Examples that are kept.
MOST = 256


def _hello() -> Dict[str, str]:
    return {
        "program": f"perceptarium-python {VERSION}",
        "framework": f"keras {keras.__version__} on {keras.backend.backend()}",
    }


class PerceptariumCallback(keras.callbacks.Callback):  # type: ignore[misc]
    """`model.fit(…, callbacks=[PerceptariumCallback(inputs=x_test[:64])])` lets a hall on this machine watch.

    `inputs` are examples to look at, or a pair of examples and their classes; without it weights and metrics are shown.
    `name`, `token`, `port` and `every` are those of `perceptarium.watch`.
    """

    def __init__(
        self,
        *,
        name: Optional[str] = None,
        inputs: Any = None,
        token: Optional[str] = None,
        port: Optional[int] = None,
        every: Union[str, int] = "auto",
    ) -> None:
        super().__init__()
        from ..credentials import found

        found(token, port)
        pair = isinstance(inputs, (tuple, list)) and len(inputs) == 2
        shown, targets = inputs if pair else (inputs, None)
        self._examples = None if shown is None else numpy.asarray(shown)[:MOST]
        self._targets = None if targets is None else numpy.asarray(targets)[:MOST]
        self._name, self._place, self._every = name, (token, port), None if isinstance(every, str) else every
        self._session: Optional[Session] = None
        self._found: Optional[structure.Found] = None
        self._batch = -1
        self._stepped_at = 0.0
        self._ended = False

    # What Keras calls.

    def on_train_begin(self, logs: Any = None) -> None:
        """The training begins."""
        if self._session is None:
            self._session = Session(self._name or self.model.name, _hello, *self._place)

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Batches are counted anew."""
        self._batch = -1

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """One step was taken, or several that Keras runs at once."""
        session = self._session
        if session is None or self._ended:
            return
        session.step += batch - self._batch
        self._batch = batch
        if not session.wishes.connected:
            return
        try:
            self._after(session, logs or {})
        except Exception as error:
            self._ended = True
            session.broken(error)

    def on_train_end(self, logs: Any = None) -> None:
        """The training is over."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    # What it does.

    def _after(self, session: Session, logs: Dict[str, Any]) -> None:
        began = time.perf_counter()
        if not session.begun:
            self._begin(session, logs)
        values = tuple(float(logs[name]) if name in logs else float("nan") for name in session.metrics)
        session.stepped(session.step, self._rate(), values)
        self._see(session, resting=False)
        session.watching += time.perf_counter() - began
        session.wishes.stepped()
        session.waits(lambda: self._see(session, resting=True))
        asked = session.wishes.learning_rate
        if asked is not None:
            session.wishes.learning_rate = None
            self._set_rate(asked)
        session.hold(self._stepped_at)
        self._stepped_at = time.monotonic()

    def _rate(self) -> float:
        optimiser = getattr(self.model, "optimizer", None)
        return float(keras.ops.convert_to_numpy(optimiser.learning_rate)) if optimiser is not None else 0.0

    def _set_rate(self, rate: float) -> None:
        optimiser = self.model.optimizer
        if isinstance(getattr(optimiser, "_learning_rate", None), keras.optimizers.schedules.LearningRateSchedule):
            say("the learning rate follows a schedule of Keras, which cannot be changed from the hall")
            return
        optimiser.learning_rate = rate

    def _begin(self, session: Session, logs: Dict[str, Any]) -> None:
        model = self.model
        self._found = found = structure.find(model)
        session.metrics = tuple(dict.fromkeys(["loss", *logs]))[: told.MOST_METRICS]
        if not found.steps:
            say(
                "the model is subclassed or has several inputs, so that its weights and metrics are shown, but no activations"
            )
        elif self._examples is None:
            say("give inputs=x_test[:64] to PerceptariumCallback to see activations, too")
        params = self.params or {}
        steps = int(params.get("steps") or 0) * int(params.get("epochs") or 0)
        examples = self._examples
        outline = told.Outline(
            device=keras.backend.backend(),
            seed=0,
            parameters=sum(int(numpy.prod(one.shape)) for one in model.trainable_variables),
            metrics=session.metrics,
            batch=1,
            learning_rate=self._rate(),
            threads=1,
            steps=steps,
            pictures=self._pictures(),
            examples=0 if examples is None else len(examples),
        )
        facts: List[told.Fact] = [
            ("attach-model", session.name),
            ("attach-framework", f"Keras {keras.__version__} ({keras.backend.backend()})"),
        ]
        session.begin(outline, found.graph.words(), facts, self._material(found))

    def _pictures(self) -> bool:
        shown = self._examples
        return shown is not None and shown.ndim == 4 and shown.shape[-1] in (1, 3)

    def _span(self) -> Tuple[Any, Any]:
        """The least and the largest number of each channel, which are taken for dark and bright."""
        shown = self._examples
        assert shown is not None
        along = tuple(range(shown.ndim - 1)) if shown.ndim == 4 else None
        return shown.min(along), shown.max(along)

    def _material(self, found: structure.Found) -> Optional[bytes]:
        shown, targets = self._examples, self._targets
        if shown is None or targets is None or not self._pictures() or not 0 < found.outputs <= 256:
            return None
        labels = targets.argmax(-1) if targets.ndim == 2 and targets.shape[1] == found.outputs else targets.reshape(-1)
        if len(labels) < len(shown) or labels.min() < 0 or labels.max() >= found.outputs:
            return None
        low, high = self._span()
        bright = (shown - low) / numpy.maximum(high - low, 1e-12)
        pixels = numpy.clip(bright * 255 + 0.5, 0, 255).astype("u1").transpose(0, 3, 1, 2)
        remark = phrase("attach-pictures-are-what-is-read", spans=told.spans(low.reshape(-1), high.reshape(-1)))
        classes = [str(at) for at in range(found.outputs)]
        told_labels = labels[: len(shown)].astype("u1").tobytes()
        return told.material(pixels.tobytes(), pixels.shape[1:], told_labels, classes, [remark])

    def _see(self, session: Session, resting: bool) -> None:
        """Makes a picture, if one is due."""
        found, wishes = self._found, session.wishes
        if found is None or self._every is not None and not resting and session.step % self._every:
            return
        subscriptions = session.pace.due(wishes, time.monotonic(), resting)
        if not subscriptions:
            return
        began = time.monotonic()
        session.pace.shown(subscriptions, began)
        wishes.sent()
        choice = Choice() if wishes.choice.kind == "Learned" else wishes.choice
        body = Body()
        layers = self._layers(found, choice, subscriptions, body)
        session.show(session.step, layers, [], choice, body)
        session.pace.spent(time.monotonic() - began, time.monotonic())

    def _layers(
        self, found: structure.Found, choice: Choice, subscriptions: List[Subscription], body: Body
    ) -> List[Any]:
        names = {one.tensor for one in subscriptions}
        values: Dict[str, Any] = {}
        for name in names & set(found.parameters):
            variable, turn = found.parameters[name]
            values[name] = turn(keras.ops.convert_to_numpy(variable))
        if found.steps and self._examples is not None and names - set(values):
            shown = self._one(choice)
            made = structure.run(found, keras.ops.convert_to_tensor(shown))
            for name in names & set(made):
                values[name] = structure.turned(keras.ops.convert_to_numpy(made[name])[0])
            values[found.input] = structure.turned(shown[0])
        layers = []
        for asked in subscriptions:
            value, sizes = values.get(asked.tensor), found.graph.sizes.get(asked.tensor)
            if value is None or sizes is None or value.size != int(numpy.prod(sizes)) or body.count > 4000:
                continue
            one = thin.layer(asked.tensor, value, sizes, asked, found.graph.signed[asked.tensor], body)
            layers.extend([one] if one is not None else [])
        return layers

    def _one(self, choice: Choice) -> Any:
        """The example that is shown, as a batch of one."""
        shown = self._examples
        assert shown is not None
        if choice.kind == "Drawn" and len(choice.pixels) == shown[0].size and shown.ndim == 4:
            low, high = self._span()
            channels_first = (shown.shape[3], shown.shape[1], shown.shape[2])
            bright = numpy.asarray(choice.pixels, dtype=shown.dtype).reshape(channels_first).transpose(1, 2, 0)
            return (low + bright * (high - low))[None]
        at = choice.place % len(shown) if choice.kind == "Test" else 0
        return shown[at : at + 1]
