"""Watching PyTorch: what is shown is what the network computes, and the training is the same as if nobody looked."""

import copy
import math
import threading
import time
import unittest
from array import array

# First, as it skips all of this where PyTorch is not installed.
from networks import Attention, Functional, InPlace, Training, attached, data, pictured

from hall import TOKEN, Hall, layers, until, worded

import torch
import torch.nn.functional as F
from torch import nn


import perceptarium
from perceptarium.graph import GRADIENT


def close(test, told, right, places=1e-5, what=""):
    """Numbers as they were told, and as they are."""
    told = torch.tensor(told)
    right = right.detach().float().reshape(-1)
    test.assertEqual(told.numel(), right.numel(), what)
    worst = float((told - right).abs().max()) if told.numel() else 0.0
    scale = max(1e-6, float(right.abs().max()))
    test.assertLessEqual(worst / scale, places, what)


class Watched(unittest.TestCase):
    def setUp(self):
        self.hall = Hall()
        self.handle = None

    def tearDown(self):
        if self.handle is not None:
            self.handle.close()
        self.hall.close()

    def afresh(self):
        self.tearDown()
        self.hall, self.handle = Hall(), None

    def watch(self, training, **settings):
        self.handle = attached(training, self.hall, **settings)
        return training

    def ops(self):
        def name(op):
            return op if isinstance(op, str) else next(iter(op))

        return {node["path"]: name(node["op"]) for node in self.hall.graph["nodes"]}

    def reads(self, path):
        graph = self.hall.graph
        node = next(node for node in graph["nodes"] if node["path"] == path)
        return [graph["tensors"][at]["name"] for at in node["inputs"]]


class Numbers(Watched):
    def test_activations_weights_and_gradients_are_those_of_a_network_without_hooks(self):
        x, y = data((3, 8, 8), classes=5)
        training = self.watch(Training(InPlace, x, y), loss=nn.CrossEntropyLoss(), inputs=(x[:4], y[:4]))
        self.hall.ask({"Watch": {"Test": 2}})
        names = self.hall.names("input", "activation", "parameter", "gradient", "statistic")
        kept = {}
        step = training.step

        def remember():
            kept[training.taken] = copy.deepcopy(training.model)
            step()

        training.step = remember
        picture = pictured(training, self.hall, names)
        shown = layers(picture)
        self.assertEqual(picture["input"], {"Test": 2})
        first = self.hall.of("Started")[0]
        offset = training.taken - self.handle.step
        model = kept[picture["step"] + offset]
        # The same network without hooks and in-place layers, step by step.
        model.eval()
        calls = {}
        one = x[2:3].clone().requires_grad_(True)
        calls["conv1"] = model.conv1(one)
        calls["norm"] = model.norm(calls["conv1"])
        calls["relu"] = F.relu(calls["norm"])
        calls["conv2"] = model.conv2(calls["relu"])
        calls["add"] = calls["conv2"] + calls["relu"]
        calls["relu:2"] = F.relu(calls["add"])
        calls["pool"], calls["pool:2"] = model.pool(calls["relu"]), model.pool(calls["relu:2"])
        calls["cat"] = torch.cat([calls["pool"], calls["pool:2"]], 1)
        calls["view"] = calls["cat"].view(1, -1)
        calls["fc"] = model.fc(calls["view"])
        for value in calls.values():
            value.retain_grad()
        nn.CrossEntropyLoss()(calls["fc"], y[2:3]).backward()
        for name, value in calls.items():
            close(self, shown[name]["values"], value[0], what=name)
            close(self, shown[name + GRADIENT]["values"], value.grad[0], 1e-4, name + GRADIENT)
        close(self, shown["Image"]["values"], x[2])
        close(self, shown["Probabilities"]["values"], calls["fc"][0].softmax(0))
        for name, parameter in model.named_parameters():
            close(self, shown[name]["values"], parameter, 0.0, name)
        close(self, shown["norm.running_mean"]["values"], model.norm.running_mean, 0.0)
        # Gradients of parameters are those of the step that followed.
        again = kept[picture["step"] + offset]
        again.zero_grad()
        again.train()
        training.taken, taken = picture["step"] + offset, training.taken
        batch = training.examples()
        training.taken = taken
        nn.CrossEntropyLoss()(again(batch[0]), batch[1]).backward()
        sizes = {one["layer"]: one for one in picture["parameters"]}
        after = kept[picture["step"] + offset + 1] if picture["step"] + offset + 1 in kept else training.model
        later = dict(after.named_parameters())
        for name, parameter in again.named_parameters():
            close(self, shown[name + GRADIENT]["values"], parameter.grad, 1e-5, name + GRADIENT)
            self.assertAlmostEqual(sizes[name]["gradient"], float(parameter.grad.norm()), places=4)
            self.assertAlmostEqual(sizes[name]["weights"], float(parameter.norm()), places=4)
            moved = float((later[name] - parameter).detach().norm())
            self.assertAlmostEqual(sizes[name]["update"], moved, places=4)
        self.assertEqual(first["parameters"], sum(one.numel() for one in training.model.parameters()))

    def test_the_graph_of_modules_and_functions_is_found(self):
        x, y = data((3, 8, 8), classes=5)
        self.watch(Training(InPlace, x, y), loss=nn.CrossEntropyLoss())
        self.assertEqual(
            self.ops(),
            {
                "input": "input",
                "conv1": "convolution",
                "norm": "normalisation",
                "relu": "activation",
                "conv2": "convolution",
                "add": "add",
                "relu:2": "activation",
                "pool": "pooling",
                "pool:2": "pooling",
                "cat": "concatenate",
                "view": "reshape",
                "fc": "linear",
                "softmax": "softmax",
                "loss": "loss",
            },
        )
        self.assertEqual(
            self.reads("norm"), ["conv1", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"]
        )
        self.assertEqual(self.reads("add"), ["conv2", "relu"])
        self.assertEqual(self.reads("cat"), ["pool", "pool:2"])

    def test_a_functional_network_is_shown_whole(self):
        x, y = data((1, 28, 28))
        training = self.watch(Training(Functional, x, y, nn.NLLLoss()), loss=nn.NLLLoss())
        names = self.hall.names("activation")
        self.assertEqual(
            [name for name in self.ops()],
            ["input", "conv1", "relu", "max_pool2d", "conv2", "relu:2", "flatten", "fc", "log_softmax", "loss"],
        )
        pool = next(node["op"] for node in self.hall.graph["nodes"] if node["path"] == "max_pool2d")
        self.assertEqual(pool["pooling"]["kernel"], [2, 2])
        shown = layers(pictured(training, self.hall, names))
        values = torch.tensor(shown["relu"]["values"]).reshape(4, 26, 26)
        close(self, shown["max_pool2d"]["values"], F.max_pool2d(values, 2), 0.0)

    def test_attention_that_is_written_out(self):
        generator = torch.Generator().manual_seed(3)
        x = torch.randint(0, 20, (64, 12), generator=generator)
        training = self.watch(Training(Attention, x, x[:, 0]), loss=nn.CrossEntropyLoss())
        ops = self.ops()
        self.assertEqual(ops["embed"], "embedding")
        self.assertEqual(ops["norm"], "normalisation")
        self.assertEqual(ops["qkv"], "mat_mul")
        self.assertEqual(ops["softmax"], "softmax")
        self.assertEqual(ops["mean"], "reduction")
        self.assertIn("place", self.reads("add"))
        shown = layers(pictured(training, self.hall, ["softmax", "out", "mean"]))
        shares = torch.tensor(shown["softmax"]["values"]).reshape(12, 12)
        close(self, [float(one) for one in shares.sum(1)], torch.ones(12))
        close(self, shown["mean"]["values"], torch.tensor(shown["out"]["values"]).reshape(12, 20).mean(0))

    def test_what_is_seen_of_indices_and_of_functions_of_ones_own(self):
        class Twice(torch.autograd.Function):
            @staticmethod
            def forward(context, x):
                return x * 2

            @staticmethod
            def backward(context, gradient):
                return gradient * 2

        class Chosen(nn.Module):
            def __init__(self):
                super().__init__()
                self.first, self.middle, self.last = nn.Linear(6, 6), nn.Linear(3, 3), nn.Linear(3, 5)

            def forward(self, x):
                return self.last(Twice.apply(self.middle(self.first(x)[:, ::2])))

        x, y = data((6,), classes=5)
        training = self.watch(Training(Chosen, x, y))
        ops = {node["path"]: node["op"] for node in self.hall.graph["nodes"]}
        walk = {"strided": {"name": "getitem", "sizes": [3], "strides": [2], "offset": 0}}
        self.assertEqual((ops["getitem"], ops["middle"]), (walk, "linear"))
        # A function of one's own is not seen, but differentiation remembers what it read; it is not to be worked out.
        self.assertEqual(ops["last"], {"other": {"name": "linear"}})
        self.assertEqual(self.reads("last"), ["middle", "last.weight", "last.bias"])
        shown = layers(pictured(training, self.hall, ["first", "getitem"]))
        self.assertEqual(shown["first"]["values"][::2], shown["getitem"]["values"])

    def test_weights_that_are_worked_out_before_each_pass(self):
        class Normed(InPlace):
            def __init__(self):
                super().__init__()
                self.conv2 = nn.utils.weight_norm(self.conv2)
                nn.utils.parametrizations.spectral_norm(self.fc)

        x, y = data((3, 8, 8), classes=5)
        training = self.watch(Training(Normed, x, y), inputs=x[:4])
        names = self.hall.names("parameter")
        self.assertIn("conv2.weight_g", names)
        self.assertEqual(self.reads("conv2"), ["relu", "weight_norm", "conv2.bias"])
        shown = layers(pictured(training, self.hall, ["relu", "conv2", "fc.linear", "conv2.weight_v"]))
        self.assertEqual(len(shown), 4)
        self.assertFalse(self.handle._log.__self__.ended)

    def test_arguments_with_names_and_arrays(self):
        class Named(Functional):
            def forward(self, *, picture, scale):
                return {"logits": super().forward(picture * scale)}

        x, y = data((1, 28, 28))

        class Called(Training):
            def step(self):
                batch, right = self.examples()
                self.optimiser.zero_grad()
                self.loss(self.model(picture=batch, scale=2.0)["logits"], right).backward()
                self.optimiser.step()
                self.taken += 1

        training = Called(Named, x, y, nn.NLLLoss())
        examples = {"picture": x[:4].numpy(), "scale": 2.0}
        self.watch(training, inputs=examples)
        self.assertIn("mul", self.ops())
        shown = layers(pictured(training, self.hall, ["Image", "mul", "log_softmax"]))
        close(self, shown["mul"]["values"], 2 * x[0])

    def test_parts_and_coarser_levels(self):
        x, y = data((1, 28, 28))
        training = self.watch(Training(Functional, x, y, nn.NLLLoss()), inputs=x[:2])
        whole = layers(pictured(training, self.hall, ["conv1"]))["conv1"]
        part = {
            "tensor": "conv1",
            "slice": {"first": [1, 2, 3], "count": [2, 9, 1 << 63]},
            "level": 2,
            "per_second": 1e3,
        }
        going = threading.Event()
        runner = threading.Thread(target=lambda: [training.step() for _ in iter(going.is_set, True)], daemon=True)
        runner.start()
        self.hall.ask("Pause")
        until(lambda: [one for one in self.hall.of("State") if one["state"] == "Paused"])
        before = len(self.hall.snapshots)
        self.hall.ask({"Subscribe": [part, {"tensor": "conv1", "per_second": 1e3}]})
        picture = until(lambda: [one for one in self.hall.snapshots[before:] if len(one["layers"]) == 2])[-1]
        going.set()
        self.hall.ask("Resume")
        runner.join(10)
        coarse, fine = picture["layers"]
        fine = torch.tensor(fine["values"]).reshape(4, 26, 26)[1:3, 2:11, 3:]
        self.assertEqual(coarse["shape"], {"maps": 2, "rows": 3, "columns": 6})
        self.assertEqual(coarse["part"]["of"], {"maps": 4, "rows": 26, "columns": 26})
        self.assertEqual(
            (coarse["part"]["slice"], coarse["part"]["level"]), ({"first": [1, 2, 3], "count": [2, 9, 23]}, 2)
        )
        for at, (mean, peak) in enumerate(zip(coarse["values"], coarse["part"]["peaks"])):
            row, column = at // 6 % 3 * 4, at % 6 * 4
            cell = fine[at // 18, row : row + 4, column : column + 4]
            self.assertAlmostEqual(mean, float(cell.mean()), places=5)
            self.assertAlmostEqual(abs(peak), float(cell.abs().max()), places=6)
        self.assertEqual(whole["shape"], {"maps": 4, "rows": 26, "columns": 26})

    def test_a_drawn_input_goes_through_the_network(self):
        x, y = data((1, 28, 28))
        training = self.watch(Training(Functional, x, y, nn.NLLLoss()), inputs=x[:3])
        pixels = [0.0] * 784
        pixels[5] = 1.0
        words = {"Watch": {"Drawn": {"dtype": "F32", "shape": [784], "data_offsets": [0, 3136]}}}
        self.hall.ask(words, array("f", pixels).tobytes())
        self.hall.watch(["Image", "log_softmax"])

        def drawn():
            training.step()
            found = [one for one in self.hall.snapshots if "Drawn" in one["input"]]
            return found and found[-1]

        picture = until(drawn)
        self.assertEqual(picture["input"]["Drawn"], pixels)
        shown = layers(picture)["Image"]["values"]
        self.assertAlmostEqual(shown[5], float(x[:3].max()), places=5)
        self.assertAlmostEqual(shown[4], float(x[:3].min()), places=5)

    def test_the_batch_that_is_learned_from(self):
        x, y = data((3, 8, 8), classes=5)
        training = self.watch(Training(InPlace, x, y), loss=nn.CrossEntropyLoss())
        kept = {}
        step = training.step

        def remember():
            kept[training.taken] = copy.deepcopy(training.model)
            step()

        training.step = remember
        self.hall.ask({"Watch": {"Other": {"kind": "network.learned_image", "version": 1, "content": None}}})
        names = [
            "Image",
            "conv1",
            "norm",
            "relu",
            "conv2",
            "relu:2",
            "fc",
            "conv1.weight",
            "conv1.weight" + GRADIENT,
            "norm" + GRADIENT,
            "conv2" + GRADIENT,
        ]
        picture = pictured(training, self.hall, names)
        self.assertEqual(picture["input"]["Other"]["kind"], "network.learned_image")
        shown = layers(picture)
        at = picture["step"] + training.taken - self.handle.step
        model = kept[at].train()
        training.taken, taken = at, training.taken
        batch, right = training.examples()
        training.taken = taken
        calls = {}
        calls["conv1"] = model.conv1(batch)
        calls["norm"] = model.norm(calls["conv1"])
        calls["relu"] = F.relu(calls["norm"])
        calls["conv2"] = model.conv2(calls["relu"])
        calls["relu:2"] = F.relu(calls["conv2"] + calls["relu"])
        both = torch.cat([model.pool(calls["relu"]), model.pool(calls["relu:2"])], 1)
        calls["fc"] = model.fc(both.view(8, -1))
        for value in calls.values():
            value.retain_grad()
        nn.CrossEntropyLoss()(calls["fc"], right).backward()
        close(self, shown["Image"]["values"], batch[0], 0.0)
        for name, value in calls.items():
            close(self, shown[name]["values"], value[0], what=name)
        for name in ("norm", "conv2"):
            close(self, shown[name + GRADIENT]["values"], calls[name].grad[0], 1e-4, name)
        close(self, shown["conv1.weight" + GRADIENT]["values"], model.conv1.weight.grad, 1e-5)

    def test_what_a_function_says_at_last_is_of_the_batch_that_is_learned_from_too(self):
        x, y = data((1, 28, 28))
        given, loss = (x[-4:], y[-4:]), nn.NLLLoss()
        training = self.watch(Training(Functional, x, y, loss), inputs=given, loss=loss)
        kept = {}
        step = training.step

        def remember():
            kept[training.taken] = copy.deepcopy(training.model), torch.get_rng_state()
            step()

        training.step = remember
        self.hall.ask({"Watch": {"Other": {"kind": "network.learned_image", "version": 1, "content": None}}})
        names = ["Image", "conv1", "fc", "log_softmax", "log_softmax" + GRADIENT]
        picture = pictured(training, self.hall, names)
        shown = layers(picture)
        at = picture["step"] + training.taken - self.handle.step
        (model, state), taken = kept[at], training.taken
        training.taken = at
        batch, right = training.examples()
        training.taken = taken
        torch.set_rng_state(state)
        output = model.train()(batch)
        output.retain_grad()
        nn.NLLLoss()(output, right).backward()
        close(self, shown["Image"]["values"], batch[0], 0.0)
        close(self, shown["log_softmax"]["values"], output[0])
        close(self, shown["log_softmax" + GRADIENT]["values"], output.grad[0])

    def test_gradient_accumulation_gives_one_picture_of_all_of_it(self):
        x, y = data((3, 8, 8), classes=5)
        training = Training(InPlace, x, y)

        def step():
            training.optimiser.zero_grad()
            for _ in range(3):
                batch, right = training.examples()
                (training.loss(training.model(batch), right) / 3).backward()
                training.taken += 1
            kept.append({name: one.grad.clone() for name, one in training.model.named_parameters()})
            training.optimiser.step()

        kept = []
        training.step = step
        self.watch(training)
        for learned in (False, True):
            if learned:
                self.hall.ask({"Watch": {"Other": {"kind": "network.learned_image", "version": 1, "content": None}}})
                until(
                    lambda: (training.step(), time.sleep(0.01), self.handle._session.wishes.choice.kind == "Learned")[
                        -1
                    ]
                )
            picture = pictured(training, self.hall, ["conv1", "conv1.weight" + GRADIENT])
            at = picture["step"] + len(kept) - self.handle.step
            close(self, layers(picture)["conv1.weight" + GRADIENT]["values"], kept[at]["conv1.weight"], 1e-6)


class Unharmed(Watched):
    def run_of(self, network, x, y, watch, count=60, **settings):
        training = Training(network, x, y, **settings)
        if watch:
            self.handle = perceptarium.watch(
                training.model, training.optimiser, loss=training.loss, token=TOKEN, port=self.hall.port
            )
            until(lambda: self.hall.connected)
        asked = False
        for _ in range(count):
            training.step()
            if watch:
                time.sleep(0.005)
                if not asked and self.hall.of("Graph"):
                    asked = True
                    self.hall.watch(self.hall.names("input", "activation", "parameter", "gradient", "statistic"))
        if watch:
            self.assertGreater(len(self.hall.snapshots), 0)
            self.handle.close()
        return training

    def test_losses_are_bit_for_bit_those_of_the_unwatched_run(self):
        x, y = data((1, 28, 28))
        images, classes = data((3, 8, 8), classes=5)
        adam = lambda parameters: torch.optim.Adam(parameters, lr=1e-3)  # noqa: E731
        # The functional one draws its dropout from the generator that everybody shares.
        for network, some, right, loss in (
            (Functional, x, y, nn.NLLLoss()),
            (InPlace, images, classes, nn.CrossEntropyLoss()),
        ):
            with self.subTest(network.__name__):
                alone = self.run_of(network, some, right, False, loss=loss, optimiser=adam)
                watched = self.run_of(network, some, right, True, loss=loss, optimiser=adam)
                self.assertEqual(alone.losses, watched.losses)
                for one, other in zip(alone.model.parameters(), watched.model.parameters()):
                    self.assertTrue(torch.equal(one, other))
            self.afresh()

    def test_a_model_that_draws_numbers_while_it_is_tested_misses_none(self):
        class Noisy(InPlace):
            def forward(self, x):
                return super().forward(x + 0.1 * torch.randn_like(x))

        x, y = data((3, 8, 8), classes=5)
        alone = self.run_of(Noisy, x, y, False)
        watched = self.run_of(Noisy, x, y, True)
        self.assertEqual(alone.losses, watched.losses)

    def test_metrics_are_told_with_the_steps_they_belong_to(self):
        x, y = data((3, 8, 8), classes=5)
        for when in ("by the loss", "before", "after"):
            with self.subTest(when):
                training = Training(InPlace, x, y)
                loss = training.loss if when == "by the loss" else None
                handle = self.handle = perceptarium.watch(
                    training.model, training.optimiser, loss=loss, token=TOKEN, port=self.hall.port
                )
                until(lambda: self.hall.connected)
                for _ in range(40):
                    batch, right = training.examples()
                    training.optimiser.zero_grad()
                    found = training.loss(training.model(batch), right)
                    found.backward()
                    if when == "before":
                        handle.log(loss=found, accuracy=0.5)
                    training.optimiser.step()
                    if when == "after":
                        handle.log(loss=found.item(), accuracy=0.5)
                    training.losses.append(found.item())
                    training.taken += 1
                    time.sleep(0.04)
                handle.close()
                until(lambda: self.hall.of("Finished"))
                told = self.hall.of("Stepped")
                self.assertEqual(sum(one["merged"] for one in told), 40 - told[0]["step"] + 1)
                for one in told:
                    if one["merged"] == 1:
                        self.assertAlmostEqual(one["values"][0], training.losses[one["step"] - 1], places=6)
                names = [metric["name"] for metric in self.hall.of("Started")[-1]["metrics"]]
                self.assertEqual(names, ["loss"] if when == "by the loss" else ["loss", "accuracy"])
            self.afresh()

    def test_what_fails_ends_the_watching_and_never_the_training(self):
        x, y = data((3, 8, 8), classes=5)
        training = self.watch(Training(InPlace, x, y))
        watcher = self.handle._log.__self__
        step, hooks = training.optimiser.step, [len(m._forward_hooks) for m in training.model.modules()]

        def broken(*_):
            raise RuntimeError("on purpose")

        watcher.pictures._gradients = broken
        self.hall.watch(self.hall.names("parameter"))
        until(lambda: (training.step(), watcher.ended)[-1])
        training.steps(5)
        self.assertTrue(math.isfinite(training.losses[-1]))
        self.assertEqual(hooks, [len(m._forward_hooks) for m in training.model.modules()])
        self.assertNotIn("step", vars(training.optimiser))
        self.assertIsNot(step, training.optimiser.step)
        failed = until(lambda: [one for one in self.hall.of("State") if isinstance(one["state"], dict)])
        self.assertIn("on purpose", worded(failed[0]["state"]["Failed"]["reason"]))


if __name__ == "__main__":
    unittest.main()
