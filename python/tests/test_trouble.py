"""Halls that are killed, frozen, slow, absent or none at all, and models that cannot be watched."""

import contextlib
import io
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

# First, as it skips all of this where PyTorch is not installed.
from networks import InPlace, Training, attached, data, pictured

from hall import TOKEN, Hall, layers, until, wire, worded

import torch
from torch import nn


import perceptarium
from perceptarium import credentials, link

#: The longest that a step may take because of a hall, in seconds.
LONGEST = 0.1
EVERYTHING = ("input", "activation", "parameter", "gradient", "statistic")


def training():
    x, y = data((3, 8, 8), classes=5)
    return Training(InPlace, x, y)


def waited():
    """Seconds that this thread waited for a processor, which is not the hall's doing."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def longest(one, seconds):
    """The longest step within so many seconds, without the time that the machine gave to others."""
    worst, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        began, before = time.monotonic(), waited()
        one.step()
        worst = max(worst, time.monotonic() - began - (waited() - before))
    return worst


def said(what):
    """What a function writes to standard error."""
    with contextlib.redirect_stderr(io.StringIO()) as text:
        what()
    return text.getvalue()


class Quick(unittest.TestCase):
    """Reconnects soon, so that tests do not wait."""

    def setUp(self):
        self.handle = None
        self.halls = []
        patches = [
            mock.patch.object(link, "BACK_OFF", (0.02, 0.1)),
            mock.patch.object(link, "STUCK", 0.5),
            mock.patch.object(link, "REFUSED", 0.2),
        ]
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)

    def tearDown(self):
        if self.handle is not None:
            self.handle.close()
        for one in self.halls:
            one.close()

    def hall(self, **settings):
        self.halls.append(Hall(**settings))
        return self.halls[-1]

    def watched(self, hall, **settings):
        one = training()
        self.handle = attached(one, hall, **settings)
        return one


class Halls(Quick):
    def test_absent(self):
        one = training()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.handle = perceptarium.watch(one.model, one.optimiser, token=TOKEN, port=port)
        self.assertLess(longest(one, 1.0), LONGEST)
        self.assertFalse(self.handle.watched)

    def test_killed_and_back(self):
        """The hall is another process, and goes by SIGKILL."""
        script = "import sys, time; sys.path.insert(0, sys.argv[1]); import hall; one = hall.Hall(port=int(sys.argv[2])); print(one.port, flush=True); time.sleep(60)"
        here = str(Path(__file__).parent)
        process = subprocess.Popen([sys.executable, "-c", script, here, "0"], stdout=subprocess.PIPE)
        port = int(process.stdout.readline())
        one = training()
        self.handle = perceptarium.watch(one.model, one.optimiser, token=TOKEN, port=port)
        until(lambda: self.handle.watched)
        one.steps(20)
        process.send_signal(signal.SIGKILL)
        worst = longest(one, 0.7)
        process.wait()
        process.stdout.close()
        self.assertLess(worst, LONGEST)
        self.assertFalse(self.handle.watched)
        # It comes back on the same port, and is told of a new run.
        hall = self.hall(port=port)
        until(lambda: (one.step(), hall.of("Graph"))[-1])
        self.assertEqual(hall.of("Started")[0]["run"]["number"], 2)
        self.assertGreater(until(lambda: hall.of("State"))[0]["step"], 20)

    def test_frozen_amid_pictures(self):
        hall = self.hall()
        one = self.watched(hall)
        hall.watch(hall.names(*EVERYTHING))
        until(lambda: (one.step(), hall.snapshots)[-1])
        hall.reading = False
        self.assertLess(longest(one, 1.5), LONGEST)
        self.assertLessEqual(len(self.handle._session._ring), 2048)

    def test_frozen_with_full_buffers_is_left_and_found_again(self):
        hall = self.hall()
        one = self.watched(hall)
        session = self.handle._session
        hall.reading = False
        # More than the system keeps for whoever does not read.
        for _ in range(12):
            session._link.post(
                wire.frame(wire.REPORT, {"Stage": {"stage": "train", "done": False, "facts": []}}, bytes(1 << 20))
            )
        self.assertLess(longest(one, 1.5), LONGEST)
        until(lambda: not session.wishes.connected)
        hall.reading = True
        until(lambda: session.wishes.connected)

    def test_slow_gets_one_picture_at_a_time(self):
        hall = self.hall(takes=False)
        one = self.watched(hall)
        hall.watch(hall.names(*EVERYTHING))
        until(lambda: (one.step(), hall.snapshots)[-1])
        one.steps(100)
        time.sleep(0.1)
        self.assertEqual(len(hall.snapshots), 1)
        hall.ask({"step": hall.snapshots[0]["step"]}, kind=wire.TAKEN)
        until(lambda: (one.step(), len(hall.snapshots) == 2)[-1])
        one.steps(50)
        self.assertEqual(len(hall.snapshots), 2)

    def test_without_a_question_nothing_is_made(self):
        hall = self.hall()
        one = self.watched(hall)
        watcher = self.handle._log.__self__
        with mock.patch.object(watcher.pictures._probe, "take") as take:
            one.steps(100)
            hall.ask({"Subscribe": [{"tensor": "conv1", "per_second": 100.0}]})
            one.steps(50)
            take.assert_not_called()
        self.assertEqual(hall.snapshots, [])

    def test_wrong_token(self):
        hall = self.hall()
        one = training()
        text = said(lambda: (self._watch(one, hall, token="f" * 32), until(lambda: hall.hello), longest(one, 0.5)))
        self.assertEqual(text.count("this token is not the hall's"), 1, text)
        self.assertFalse(self.handle.watched)

    def _watch(self, one, hall, token=TOKEN):
        self.handle = perceptarium.watch(one.model, one.optimiser, token=token, port=hall.port)

    def test_whoever_listens_is_no_hall(self):
        other = wire.frame(wire.WELCOME, {"said": {"Ok": None}})
        other = other[:4] + b"\x09\x00" + other[6:]
        for answer, words in (
            (b"HTTP/1.1 400 Bad Request\r\n\r\n", "no frame"),
            (b"", "without a word"),
            (other, "version 9"),
            (wire.frame(wire.COMMAND, "Pause"), "no hall"),
            (wire.frame(wire.WELCOME, {"said": {"Err": "another training is here"}}), "another training is here"),
        ):
            with self.subTest(words):
                hall, one = self.hall(answer=answer), training()
                text = said(lambda: (self._watch(one, hall), until(lambda: hall.hello), longest(one, 0.3)))
                self.assertIn(words, text)
                self.handle.close()

    def test_garbage_from_a_hall_ends_the_connection_and_not_the_training(self):
        random.seed(5)
        good = wire.frame(wire.COMMAND, {"SetSnapshotRate": {"per_second": 5.0}})
        long = good[:16] + (1 << 50).to_bytes(8, "little") + good[24:]
        wrong = [
            random.randbytes(4096),
            good[:-3] + b"xyz",
            long,
            wire.frame(wire.COMMAND, {"Fly": 1}),
            wire.frame(wire.COMMAND, {"SetLearningRate": -1}),
            wire.frame(wire.COMMAND, {"SetLearningRate": "fast"}),
            wire.frame(wire.COMMAND, {"Subscribe": [1, 2]}),
            wire.frame(wire.COMMAND, {"Watch": {"Drawn": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}}),
            wire.frame(wire.COMMAND, {"Advance": {}}),
            wire.frame(wire.COMMAND, [1]),
            wire.frame(wire.QUERY, {}),
            wire.frame(wire.SNAPSHOT, {}),
        ]
        hall = self.hall()
        one = self.watched(hall)
        for data in wrong:
            with self.subTest(data[:60]):
                until(lambda: hall.connected and self.handle.watched)
                began = len(hall.of("Started"))
                hall.send(data)
                until(lambda: (one.step(), len(hall.of("Started")) > began)[-1])
                self.assertFalse(self.handle._log.__self__.ended)

    def test_the_hall_sends_a_training_away_in_words(self):
        hall = self.hall()
        one = self.watched(hall)
        refusal = wire.frame(wire.WELCOME, {"said": {"Err": "the graph has no nodes"}})
        text = said(lambda: (hall.send(refusal), until(lambda: not self.handle.watched), one.steps(5)))
        self.assertIn("the graph has no nodes", text)

    def test_questions_are_refused_in_words(self):
        hall = self.hall()
        one = self.watched(hall)
        hall.ask({"id": 7, "about": {"kind": "x", "version": 1, "content": None}}, kind=wire.QUERY)
        until(lambda: (one.step(), hall.replies)[-1])
        self.assertEqual(hall.replies[0]["id"], 7)
        self.assertIn("another program", worded(hall.replies[0]["said"]["Err"]))
        hall.ask("Save")
        self.assertIn("its script says", worded(until(lambda: hall.of("Saved"))[0]["said"]["Err"]))

    def test_workers_that_load_data_do_not_hold_the_connection(self):
        hall = self.hall()
        one = self.watched(hall)
        child = os.fork()
        if child == 0:
            time.sleep(5)
            os._exit(0)
        try:
            self.handle._session._link._socket.shutdown(socket.SHUT_RDWR)
            until(lambda: (one.step(), len(hall.of("Started")) == 2)[-1], 4)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


class Scripts(Quick):
    def test_one_that_dies_of_an_exception_is_told_so(self):
        hall = self.hall()
        script = f"""
import sys, time, torch
sys.path[:0] = {sys.path!r}
import perceptarium
model = torch.nn.Linear(2, 1)
optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
handle = perceptarium.watch(model, optimiser, token="{TOKEN}", port={hall.port})
seen = 0
while seen < 50:
    model(torch.rand(4, 2)).mean().backward()
    optimiser.step()
    time.sleep(0.005)
    seen += handle.watched
raise ArithmeticError("the learning rate was forgotten")
"""
        ended = subprocess.run([sys.executable, "-W", "ignore", "-c", script], stderr=subprocess.PIPE, text=True)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("ArithmeticError: the learning rate was forgotten", ended.stderr)
        last = until(lambda: [state for state in hall.of("State") if isinstance(state["state"], dict)])[-1]
        self.assertIn("the learning rate was forgotten", last["state"]["Failed"]["reason"])


class Models(Quick):
    def refused(self, model, optimiser, **settings):
        hall = self.hall()
        found = []
        text = said(lambda: found.append(perceptarium.watch(model, optimiser, token=TOKEN, port=hall.port, **settings)))
        self.handle = found[0]
        failed = worded(until(lambda: hall.of("State"))[0]["state"]["Failed"]["reason"])
        self.assertEqual(failed, self.handle.refused)
        self.assertIn(failed, text)
        self.assertNotIn("watches this training", text)
        self.handle.log(loss=1.0)
        return failed

    def test_without_parameters(self):
        optimiser = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
        self.assertIn("no parameters", self.refused(nn.ReLU(), optimiser))

    @unittest.skipUnless(hasattr(nn, "LazyLinear"), "this PyTorch has no lazy layers")
    def test_lazy(self):
        model = nn.Sequential(nn.Flatten(), nn.LazyLinear(3))
        self.assertIn("lazy", self.refused(model, torch.optim.SGD(model.parameters(), lr=0.1)))
        self.assertFalse(self.handle.watched)

    def test_inputs_that_are_none(self):
        x, y = data((3, 8, 8), classes=5)
        gap = x[:8].clone()
        gap[5, 0, 0, 0] = float("nan")
        for inputs, words in (
            ("x_test.npy", "no tensor of examples (it is of type str)"),
            ((x[:8], y[:3]), "8 examples and 3 targets"),
            ((x[:0], y[:0]), "no example"),
            ((x[:8], y[:8], y[:8]), "cannot be shown to the model"),
            (x[:8].reshape(8, -1), "an example of it is 192 (float32), one of its own batches 3 × 8 × 8 (float32)"),
            ((gap, y[:8]), "example 5, counted from 0"),
            ((x[:8], torch.full((8,), 5)), "the target 5, but the classes of the model are 0 to 4"),
            ((x[:8], torch.full((8,), 0.5)), "the target 0.5, but"),
        ):
            with self.subTest(words):
                hall, one = self.hall(), training()

                def wrong():
                    self.handle = perceptarium.watch(
                        one.model, one.optimiser, loss=one.loss, inputs=inputs, token=TOKEN, port=hall.port
                    )
                    until(lambda: (one.step(), hall.of("State"))[-1])

                self.assertIn(words, said(wrong))
                self.assertIn(words, worded(hall.of("State")[0]["state"]["Failed"]["reason"]))
                self.assertEqual(hall.of("Started"), [], "no run begins in the hall")
                self.assertFalse(self.handle.watched)
                self.assertIn(words, self.handle.refused)
                one.steps(3)
                self.handle.close()

    def test_inputs_in_double_precision_are_taken(self):
        x, y = data((3, 8, 8), classes=5)
        hall, one = self.hall(), training()
        self.handle = perceptarium.watch(
            one.model, one.optimiser, inputs=(x[:8].double().numpy(), y[:8].numpy()), token=TOKEN, port=hall.port
        )
        until(lambda: (one.step(), hall.of("Graph"))[-1])

    def test_classes_are_read_however_they_are_written(self):
        x, y = data((3, 8, 8), classes=5)
        for targets in (y[:8], y[:8].float(), nn.functional.one_hot(y[:8], 5), nn.functional.one_hot(y[:8], 5).float()):
            with self.subTest(targets.dtype, sizes=targets.shape):
                hall, one = self.hall(), training()
                self.handle = perceptarium.watch(
                    one.model, one.optimiser, loss=one.loss, inputs=(x[:8], targets), token=TOKEN, port=hall.port
                )
                until(lambda: (one.step(), hall.of("Graph"))[-1])
                told = hall.of("Material")[0]["content"]["content"]
                self.assertEqual((told["classes"], list(told["labels"])), ([*"01234"], y[:8].tolist()))
                self.handle.close()

    def test_sharded(self):
        class FullyShardedDataParallel(nn.Linear):
            pass

        model = nn.Sequential(FullyShardedDataParallel(2, 2))
        self.assertIn("sharded", self.refused(model, torch.optim.SGD(model.parameters(), lr=0.1)))

    def test_scripted(self):
        model = torch.jit.script(nn.Linear(2, 2))
        self.assertIn("TorchScript", self.refused(model, torch.optim.SGD(model.parameters(), lr=0.1)))

    def test_without_an_optimiser(self):
        self.assertIn("no optimiser", self.refused(nn.Linear(2, 2), None))

    def test_an_optimiser_is_found(self):
        hall, one = self.hall(), training()
        self.handle = perceptarium.watch(one.model, token=TOKEN, port=hall.port)
        until(lambda: (one.step(), hall.of("Graph"))[-1])

    def test_what_is_no_model_raises_before_anything_is_changed(self):
        one = training()
        for wrong in (
            lambda: perceptarium.watch("model"),
            lambda: perceptarium.watch(one.model, "sgd"),
            lambda: perceptarium.watch(one.model, one.optimiser, loss=3),
        ):
            self.assertRaises(TypeError, wrong)
        for settings in (
            {"token": "abc"},
            {"port": 0},
            {"port": 70000},
            {"every": "never"},
            {"every": 0},
            {"steps": -1},
        ):
            with self.subTest(settings):
                self.assertRaises(ValueError, lambda: perceptarium.watch(one.model, one.optimiser, **settings))
        self.assertNotIn("step", vars(one.optimiser))

    def test_a_model_that_is_not_called_as_a_whole(self):
        hall, one = self.hall(), training()
        whole = one.model
        one.model = whole.forward

        def watch():
            self.handle = perceptarium.watch(whole, one.optimiser, token=TOKEN, port=hall.port)
            until(lambda: hall.connected)
            one.steps(6)

        self.assertIn("give inputs=", said(watch))
        self.assertEqual(hall.of("Graph"), [])

    def test_another_rank_is_not_watched(self):
        one = training()
        with mock.patch.dict(os.environ, {"RANK": "1"}):
            handle = perceptarium.watch(one.model, one.optimiser)
        self.assertIn("rank 0", handle.refused)
        self.assertNotIn("step", vars(one.optimiser))

    def test_a_model_that_changes_begins_a_new_run(self):
        hall = self.hall()
        one = self.watched(hall)
        hall.watch(["fc.weight"])
        until(lambda: (one.step(), hall.snapshots)[-1])
        one.model.fc = nn.Linear(12 * 16, 7)
        one.optimiser.add_param_group({"params": list(one.model.fc.parameters())})
        until(lambda: (one.step(), len(hall.of("Graph")) == 2)[-1])
        dims = {tensor["name"]: [dim["size"] for dim in tensor["dims"]] for tensor in hall.graph["tensors"]}
        self.assertEqual(dims["fc.weight"], [7, 192])
        run = hall.of("Started")[1]["run"]

        def of_new_run():
            one.step()
            return [one for one in hall.snapshots if one["run"] == run and one["layers"]]

        self.assertEqual(layers(until(of_new_run)[0])["fc.weight"]["shape"], {"maps": 1, "rows": 7, "columns": 192})

    def test_batches_that_change_their_shape(self):
        class Pooled(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv, self.fc = nn.Conv2d(3, 4, 3, padding=1), nn.Linear(4, 5)

            def forward(self, x):
                return self.fc(self.conv(x).mean((2, 3)))

        x, y = data((3, 8, 8), classes=5)
        one, hall = Training(Pooled, x, y), self.hall()
        self.handle = attached(one, hall)
        hall.ask({"Watch": {"Other": {"kind": "network.learned_image", "version": 1, "content": None}}})
        pictured(one, hall, ["conv", "fc"])
        one.x = torch.randn(64, 3, 12, 10)
        before = len(hall.snapshots)
        until(lambda: (one.step(), len(hall.snapshots) > before + 2)[-1])
        # What has another shape than the graph says is left out, the rest is shown.
        self.assertEqual({layer["layer"] for layer in hall.snapshots[-1]["layers"]}, {"fc"})
        self.assertFalse(self.handle._log.__self__.ended)

    def test_hooks_of_the_user_are_not_called_by_the_copy(self):
        one, calls = training(), []
        one.model.conv1.register_forward_hook(lambda *_: calls.append(1))
        hall = self.hall()
        self.handle = attached(one, hall)
        pictured(one, hall, ["conv1", "fc"])
        self.assertEqual(len(calls), one.taken)


class Found(unittest.TestCase):
    def test_token_and_port(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "perceptarium" / "attach.json"
            file.parent.mkdir()
            own = {"XDG_RUNTIME_DIR": folder, "PERCEPTARIUM_TOKEN": "", "PERCEPTARIUM_PORT": ""}
            with mock.patch.dict(os.environ, own):
                self.assertIsNone(credentials.found())
                file.write_text('{"port": 7399, "token": "%s"}' % TOKEN)
                file.chmod(0o600)
                self.assertEqual(credentials.found(), (7399, TOKEN))
                self.assertIsNone(credentials.found(port=7345))
                self.assertEqual(credentials.found("A" * 32), (7345, "a" * 32))
                with mock.patch.dict(os.environ, {"PERCEPTARIUM_TOKEN": "b" * 32, "PERCEPTARIUM_PORT": "80"}):
                    self.assertEqual(credentials.found(), (80, "b" * 32))
                # What others can write is not trusted.
                file.chmod(0o666)
                self.assertIsNone(credentials.found())
                file.chmod(0o600)
                for text in ("", "{}", "[1]", '{"port": "x", "token": 1}', '{"port": 1, "token": "short"}', "{" * 9999):
                    file.write_text(text)
                    self.assertIsNone(credentials.found(), text[:20])


if __name__ == "__main__":
    unittest.main()
