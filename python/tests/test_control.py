"""What a hall asks of the pace of a training, and trainings of other kinds: mixed precision, several processes, compiled."""

import os
import subprocess
import sys
import textwrap
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

# First, as it skips all of this where PyTorch is not installed.
from networks import InPlace, Training, attached, data, pictured

from hall import TOKEN, Hall, layers, until, wire

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


import perceptarium
from perceptarium import link, wishes
from perceptarium.graph import GRADIENT
from perceptarium.pytorch import steps

LEARNED = {"Watch": {"Other": {"kind": "network.learned_image", "version": 1, "content": None}}}


class Watched(unittest.TestCase):
    def setUp(self):
        self.hall, self.handle, self.runner = Hall(), None, None
        self.going = True

    def tearDown(self):
        self.going = False
        if self.handle is not None:
            self.handle.close()
        if self.runner is not None:
            self.runner.join(15)
        self.hall.close()

    def watched(self, optimiser=None, network=InPlace, **settings):
        x, y = data((3, 8, 8), classes=5)
        training = Training(network, x, y, optimiser=optimiser)
        self.handle = attached(training, self.hall, **settings)
        return training

    def run_on(self, step):
        """Takes step after step in a thread, until the test is over."""

        def run():
            while self.going:
                step()
                time.sleep(0.001)

        self.runner = threading.Thread(target=run, daemon=True)
        self.runner.start()

    def state(self):
        """The last state that was told, if any was."""
        return (self.states() or [None])[-1]

    def states(self):
        return [one["state"] for one in self.hall.of("State")]


class Pace(Watched):
    def test_pause_one_step_and_on(self):
        training = self.watched()
        self.run_on(training.step)
        self.hall.ask("Pause")
        until(lambda: self.state() == "Paused")
        taken = training.taken
        time.sleep(0.1)
        self.assertEqual(training.taken, taken)
        self.hall.ask({"Advance": {"steps": 1}})
        until(lambda: training.taken == taken + 1)
        self.hall.ask({"Advance": {"steps": 3}})
        until(lambda: training.taken == taken + 4)
        time.sleep(0.1)
        self.assertEqual(training.taken, taken + 4)
        self.assertEqual(
            until(lambda: self.state() == "Paused" and self.hall.of("State"))[-1]["step"], self.handle.step
        )
        # The last step is told, too, although none follows.
        until(lambda: self.hall.of("Stepped")[-1]["step"] == self.handle.step)
        self.hall.ask("Resume")
        until(lambda: training.taken > taken + 10)
        self.assertEqual(self.state(), "Training")

    def test_a_pause_shows_what_is_asked_for(self):
        training = self.watched()
        self.run_on(training.step)
        self.hall.ask("Pause")
        until(lambda: self.state() == "Paused")
        taken = training.taken
        self.hall.watch(["conv1", "conv1.weight", "conv1.weight" + GRADIENT])
        first = until(lambda: [one for one in self.hall.snapshots if len(one["layers"]) == 3])[-1]
        self.hall.ask({"Watch": {"Test": 3}})
        other = until(lambda: [one for one in self.hall.snapshots if one["input"] == {"Test": 3}])[-1]
        self.assertEqual(training.taken, taken)
        self.assertEqual((first["step"], other["step"]), (self.handle.step, self.handle.step))
        self.assertNotEqual(layers(first)["conv1"]["values"], layers(other)["conv1"]["values"])
        self.assertEqual(layers(first)["conv1.weight"]["values"], layers(other)["conv1.weight"]["values"])
        self.assertEqual(
            layers(first)["conv1.weight" + GRADIENT]["values"], layers(other)["conv1.weight" + GRADIENT]["values"]
        )

    def test_a_pause_ends_with_the_hall(self):
        with mock.patch.object(wishes, "ALONE", 0.3):
            training = self.watched()
            self.run_on(training.step)
            self.hall.ask("Pause")
            until(lambda: self.state() == "Paused")
            taken = training.taken
            self.hall.close()
            until(lambda: training.taken > taken + 5, 5)

    def test_a_hall_that_comes_back_finds_no_pause(self):
        with mock.patch.object(link, "BACK_OFF", (0.02, 0.1)):
            training = self.watched()
            self.run_on(training.step)
            self.hall.ask("Pause")
            until(lambda: self.state() == "Paused")
            port = self.hall.port
            self.hall.close()
            self.hall = Hall(port=port)
            until(lambda: self.hall.of("Graph"), 8)
            until(self.state)
            self.assertEqual(self.states(), ["Training"])

    def test_a_pause_ends_where_the_hall_is_frozen(self):
        with mock.patch.object(wishes, "FROZEN", 0.3):
            training = self.watched()
            self.run_on(training.step)
            self.hall.takes = False
            self.hall.ask("Pause")
            until(lambda: self.state() == "Paused")
            taken = training.taken
            self.hall.watch(["conv1"])
            until(lambda: training.taken > taken + 5, 5)

    def test_a_limit_of_speed(self):
        training = self.watched()
        self.hall.ask({"LimitSpeed": {"steps_per_second": 50.0}})
        until(lambda: self.handle._session.wishes.limit == 50.0)
        training.steps(2)
        began = time.monotonic()
        training.steps(10)
        self.assertGreater(time.monotonic() - began, 0.19)
        self.hall.ask({"LimitSpeed": {"steps_per_second": None}})
        until(lambda: self.handle._session.wishes.limit is None)

    def test_every_so_many_steps(self):
        training = self.watched(every=7)
        self.hall.watch(["conv1"])
        until(lambda: (training.step(), len(self.hall.snapshots) > 4)[-1])
        self.assertEqual({one["step"] % 7 for one in self.hall.snapshots}, {0})


class Rate(Watched):
    def test_a_factor_under_a_scheduler(self):
        """The rate is what was asked for, and falls as the scheduler has it; the scheduler never sees it."""
        for first in ("scheduler", "watching"):
            with self.subTest(first):
                x, y = data((3, 8, 8), classes=5)
                training = Training(InPlace, x, y, optimiser=lambda some: torch.optim.SGD(some, lr=0.08))
                used = []

                class Kept(torch.optim.SGD):
                    def step(self, closure=None):
                        used.append(self.param_groups[0]["lr"])
                        return super().step(closure)

                training.optimiser = Kept(training.model.parameters(), lr=0.08)
                make = lambda: torch.optim.lr_scheduler.StepLR(training.optimiser, 1000)  # noqa: E731
                scheduler = make() if first == "scheduler" else None
                self.handle = attached(training, self.hall)
                scheduler = scheduler or make()
                training.step()
                scheduler.step()
                self.hall.ask({"SetLearningRate": 0.02})
                until(lambda: self.handle._session.wishes.learning_rate)
                training.step()
                self.assertAlmostEqual(used[-1], 0.02)
                self.assertEqual(training.optimiser.param_groups[0]["lr"], 0.08)
                training.optimiser.param_groups[0]["lr"] = 0.04
                training.step()
                self.assertAlmostEqual(used[-1], 0.01)
                training.step()
                training.step()
                until(
                    lambda: self.hall.of("Stepped") and abs(self.hall.of("Stepped")[-1]["learning_rate"] - 0.01) < 1e-9
                )
                self.handle.close()
                training.step()
                self.assertEqual(used[-1], 0.04)
                scheduler.step()
            self.tearDown()
            self.setUp()

    def test_several_optimisers(self):
        x, y = data((3, 8, 8), classes=5)
        training = Training(InPlace, x, y)
        parameters = list(training.model.parameters())
        used = {}

        class Kept(torch.optim.SGD):
            def step(self, closure=None):
                used[id(self)] = self.param_groups[0]["lr"]
                return super().step(closure)

        first, second = Kept(parameters[:4], lr=0.1), Kept(parameters[4:], lr=0.01)

        class Both:
            def zero_grad(self):
                first.zero_grad(), second.zero_grad()

            def step(self):
                first.step(), second.step()

        training.optimiser = Both()
        self.handle = perceptarium.watch(training.model, [first, second], token=TOKEN, port=self.hall.port)
        until(lambda: self.hall.connected)
        until(lambda: (training.step(), self.hall.of("Graph"))[-1])
        self.hall.ask({"SetLearningRate": 0.05})
        until(lambda: self.handle._session.wishes.learning_rate)
        before = self.handle.step
        training.step()
        self.assertEqual(self.handle.step, before + 1)
        self.assertAlmostEqual(used[id(first)], 0.05)
        self.assertAlmostEqual(used[id(second)], 0.005)
        self.assertEqual((first.param_groups[0]["lr"], second.param_groups[0]["lr"]), (0.1, 0.01))


class Hooked(torch.optim.SGD):
    """As an optimiser is from PyTorch 2.0 on: hooks before and after each step, that cannot be removed meanwhile."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before, self.after = [], []

    def register_step_pre_hook(self, hook):
        self.before.append(hook)

    def register_step_post_hook(self, hook):
        self.after.append(hook)

    def step(self, closure=None):
        for hook in self.before:
            hook(self, (), {})
        result = super().step(closure)
        for hook in self.after:
            hook(self, (), {})
        return result


class Kinds(Watched):
    def test_hooks_of_optimisers_as_pytorch_2_has_them(self):
        training = self.watched(optimiser=lambda some: Hooked(some, lr=0.05))
        self.assertNotIn("step", vars(training.optimiser))
        self.hall.ask({"SetLearningRate": 0.01})
        picture = pictured(training, self.hall, ["conv1", "conv1.weight" + GRADIENT])
        self.assertEqual(len(picture["layers"]), 2)
        self.handle.close()
        taken = self.handle.step
        training.steps(3)
        self.assertEqual(self.handle.step, taken)

    def test_nodes_with_hooks_before_them_as_pytorch_2_has_them(self):
        from perceptarium.pytorch.recorder import Recorder

        class Node:
            def __init__(self):
                self.hooks = []

            def register_prehook(self, hook):
                self.hooks.append(hook)

        node, recorder = Node(), Recorder(nn.Linear(2, 2))
        recorder.batch, recorder.scale = 4, 2.0
        recorder._listen("one", node, 1)
        gradient = torch.arange(8.0).reshape(4, 2)
        node.hooks[0]((None, gradient))
        node.hooks[0]((None, gradient * 9))
        self.assertEqual(recorder.gradients["one"].tolist(), [0.0, 0.5])

    def test_a_compiled_model_is_watched_by_its_original(self):
        x, y = data((3, 8, 8), classes=5)
        training = Training(InPlace, x, y)
        original = training.model

        class Compiled(nn.Module):
            """What torch.compile returns, without the compiling: the module within is not called through its hooks."""

            def __init__(self):
                super().__init__()
                self._orig_mod = original

            def forward(self, x):
                return original.forward(x)

        training.model = Compiled()
        self.handle = attached(training, self.hall, inputs=x[:4])
        names = [name for name in self.hall.names("parameter")]
        self.assertIn("conv1.weight", names)
        shown = layers(pictured(training, self.hall, ["relu:2", "conv1.weight"]))
        self.assertEqual(len(shown), 2)
        # The batch that is learned from cannot be seen; the first example goes through the copy instead.
        self.hall.ask(LEARNED)
        before = len(self.hall.snapshots)
        until(lambda: (training.step(), len(self.hall.snapshots) > before + 3)[-1])
        self.assertEqual(self.hall.snapshots[-1]["input"], {"Test": 0})

    def test_mixed_precision(self):
        x, y = data((3, 8, 8), classes=5)
        training = Training(InPlace, x, y)

        class Scaler:
            """As torch.cuda.amp.GradScaler: the loss is scaled, gradients are divided before the step."""

            def get_scale(self):
                return 1024.0

        kept, losses = [], []

        def step():
            training.optimiser.zero_grad()
            batch, right = training.examples()
            with torch.autocast("cpu", torch.bfloat16):
                output = training.model(batch)
            loss = training.loss(output.float(), right)
            (loss * 1024.0).backward()
            for parameter in training.model.parameters():
                parameter.grad.div_(1024.0)
            kept.append(training.model.fc.bias.grad.clone())
            training.optimiser.step()
            training.taken += 1
            losses.append(loss.item())

        training.step = step
        self.handle = attached(training, self.hall, scaler=Scaler())
        self.hall.ask(LEARNED)
        picture = pictured(training, self.hall, ["conv1", "fc", "fc" + GRADIENT, "fc.bias" + GRADIENT])
        shown = layers(picture)
        at = picture["step"] + len(kept) - self.handle.step
        for told, right in zip(shown["fc.bias" + GRADIENT]["values"], kept[at].tolist()):
            self.assertAlmostEqual(told, right, places=6)
        # The gradient of the first of eight examples' outputs: within the bias's, which is the sum of all.
        self.assertLess(max(abs(one) for one in shown["fc" + GRADIENT]["values"]), 0.2)
        self.assertGreater(max(abs(one) for one in shown["fc" + GRADIENT]["values"]), 1e-6)

    def test_checkpointed_blocks_are_counted_once(self):
        class Block(InPlace):
            def forward(self, x):
                return super().forward(x)

        class Checkpointed(nn.Module):
            def __init__(self):
                super().__init__()
                self.first = nn.Conv2d(3, 3, 1)
                self.block = Block()

            def forward(self, x):
                return checkpoint(self.block, self.first(x))

        training = self.watched(network=Checkpointed)
        self.assertEqual(
            sorted(name for name in self.hall.names("activation") if "relu" in name), ["block.relu", "block.relu:2"]
        )
        self.hall.ask(LEARNED)
        picture = pictured(training, self.hall, ["block.relu", "block.relu:2", "block.conv1"])
        self.assertEqual(len(picture["layers"]), 3)

    def test_in_two_processes_the_first_is_watched(self):
        script = textwrap.dedent("""
            import os, sys
            sys.path[:0] = sys.argv[1:3]
            import torch, torch.distributed as distributed
            from torch.nn.parallel import DistributedDataParallel
            from networks import InPlace, data
            import perceptarium
            distributed.init_process_group("gloo")
            torch.manual_seed(0)
            x, y = data((3, 8, 8), classes=5)
            model = DistributedDataParallel(InPlace())
            optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
            handle = perceptarium.watch(model, optimiser, token=sys.argv[3], port=int(sys.argv[4]))
            print(repr(handle.refused), flush=True)
            for step in range(400):
                at = [(step * 8 + one) % 64 for one in range(8)]
                optimiser.zero_grad()
                torch.nn.functional.cross_entropy(model(x[at]), y[at]).backward()
                optimiser.step()
            handle.close()
            """)
        here = Path(__file__).resolve().parent
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            meeting = str(free.getsockname()[1])
        running = []
        for rank in ("0", "1"):
            world = {
                **os.environ,
                "RANK": rank,
                "WORLD_SIZE": "2",
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": meeting,
                "OMP_NUM_THREADS": "1",
            }
            command = [sys.executable, "-c", script, str(here), str(here.parent), TOKEN, str(self.hall.port)]
            running.append(
                subprocess.Popen(command, env=world, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            )
        until(lambda: self.hall.of("Graph"), 60)
        self.hall.watch(["relu:2", "conv1.weight" + GRADIENT])
        until(lambda: self.hall.snapshots, 30)
        outputs = [one.communicate(timeout=60) for one in running]
        self.assertEqual([one.returncode for one in running], [0, 0], outputs)
        self.assertEqual(outputs[0][0].strip(), "None")
        self.assertIn("rank 0", outputs[1][0])
        self.assertEqual(len(self.hall.of("Started")), 1)

    def test_a_script_that_ends_amid_pictures_ends_well(self):
        script = textwrap.dedent("""
            import sys
            sys.path[:0] = sys.argv[1:3]
            from networks import InPlace, Training, data
            import perceptarium
            training = Training(InPlace, *data((3, 8, 8), classes=5))
            perceptarium.watch(training.model, training.optimiser, token=sys.argv[3], port=int(sys.argv[4]))
            training.steps(int(sys.argv[5]))
            """)
        here = Path(__file__).resolve().parent
        asker = threading.Thread(target=lambda: (until(lambda: self.hall.of("Graph")), self.ask_for_all()), daemon=True)
        asker.start()
        command = [sys.executable, "-c", script, str(here), str(here.parent), TOKEN, str(self.hall.port), "1500"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
        asker.join(10)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        until(lambda: self.hall.of("Finished"))
        self.assertEqual((self.state(), self.hall.of("Stepped")[-1]["step"]), ("Finished", 1500))
        self.assertGreater(len(self.hall.snapshots), 0)

    def ask_for_all(self):
        self.hall.watch(self.hall.names("input", "activation", "parameter", "gradient"))

    def test_pictures_are_calculated_by_one_thread_and_the_training_by_as_many_as_before(self):
        from perceptarium.session import Worker
        from perceptarium.pytorch.lone import alone

        torch.set_num_threads(2)
        try:
            found = []
            worker = Worker(found.append, alone)
            worker.do(lambda: found.append(torch.get_num_threads()))
            until(lambda: found)
            worker.end()
            worker.join()
            other = threading.Thread(target=lambda: found.append(torch.get_num_threads()))
            other.start()
            other.join()
            self.assertEqual((found, torch.get_num_threads()), ([1, 2], 2))
        finally:
            torch.set_num_threads(1)

    def test_steps_are_wrapped_and_unwrapped(self):
        model = nn.Linear(2, 2)
        optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
        called = []
        hooks = steps.StepHooks(optimiser, lambda: called.append("before"), lambda: called.append("after"))
        scheduler = torch.optim.lr_scheduler.StepLR(optimiser, 10)
        optimiser.step()
        scheduler.step()
        self.assertEqual(called, ["before", "after"])
        hooks.remove()
        optimiser.step()
        self.assertEqual(called, ["before", "after"])


if __name__ == "__main__":
    unittest.main()
