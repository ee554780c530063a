"""Watching Keras 3; skipped where it is not installed. `KERAS_BACKEND` says on what it runs."""

import os
import threading
import time
import unittest

os.environ.setdefault("KERAS_BACKEND", "jax")

try:
    import keras
    import numpy
except ImportError:
    keras = None

from hall import TOKEN, Hall, layers, until


def network():
    """Two convolutions, one of them followed by normalisation, a sum, and a row of classes."""
    keras.utils.set_random_seed(1)
    shown = keras.Input((10, 12, 3))
    first = keras.layers.Conv2D(4, 3, padding="same", activation="relu", name="first")(shown)
    second = keras.layers.Conv2D(4, 3, padding="same", use_bias=False, name="second")(first)
    second = keras.layers.BatchNormalization(name="norm")(second)
    both = keras.layers.Add(name="both")([first, second])
    pooled = keras.layers.MaxPooling2D(2, name="pooled")(both)
    flat = keras.layers.Flatten(name="flat")(keras.layers.Dropout(0.3)(pooled))
    said = keras.layers.Dense(5, activation="softmax", name="said")(flat)
    model = keras.Model(shown, said)
    model.compile(keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@unittest.skipIf(keras is None, "Keras is not installed")
class Watched(unittest.TestCase):
    def setUp(self):
        self.hall = Hall()
        generator = numpy.random.default_rng(1)
        self.x = generator.normal(size=(64, 10, 12, 3)).astype("float32")
        self.y = generator.integers(0, 5, 64)

    def tearDown(self):
        self.hall.close()

    def fit(self, model, epochs=3, batches=8, then=None, **settings):
        import perceptarium

        watching = perceptarium.PerceptariumCallback(token=TOKEN, port=self.hall.port, **settings)

        class Slow(keras.callbacks.Callback):
            def on_train_batch_end(self, batch, logs=None):
                time.sleep(0.01)

        hall = self.hall

        class Connected(keras.callbacks.Callback):
            def on_train_begin(self, logs=None):
                until(lambda: hall.connected)

        asker = threading.Thread(target=lambda: then and (until(lambda: hall.of("Graph")), then()), daemon=True)
        asker.start()
        model.fit(
            self.x,
            self.y,
            batch_size=64 // batches,
            epochs=epochs,
            verbose=0,
            callbacks=[watching, Connected(), Slow()],
            shuffle=False,
        )
        asker.join(10)
        until(lambda: self.hall.of("Finished"))
        return model

    def test_the_graph_and_the_numbers_are_the_models(self):
        model = network()
        everything = ("input", "activation", "parameter", "statistic")
        self.fit(
            model,
            epochs=30,
            inputs=(self.x[:8], self.y[:8]),
            then=lambda: self.hall.watch(self.hall.names(*everything)),
        )
        nodes = {node["path"]: node["op"] for node in self.hall.graph["nodes"]}
        self.assertEqual(
            list(nodes),
            ["input", "first", "first.relu", "second", "norm", "both", "pooled", "flat", "said", "said.softmax"],
        )
        self.assertEqual(
            nodes["first"]["convolution"], {"kernel": [3, 3], "stride": [1, 1], "padding": [1, 1], "groups": 1}
        )
        self.assertEqual((nodes["both"], nodes["said"]), ("add", "linear"))
        self.assertEqual([metric["name"] for metric in self.hall.of("Started")[0]["metrics"]], ["loss", "accuracy"])
        self.assertEqual(self.hall.of("Started")[0]["steps_per_epoch"], 240)
        self.assertEqual(self.hall.of("Material")[0]["content"]["content"]["labels"], self.y[:8].tolist())
        shown = layers(self.hall.snapshots[-1])
        array = lambda name, *sizes: numpy.array(shown[name]["values"], "float32").reshape(sizes)  # noqa: E731
        numpy.testing.assert_array_equal(array("Image", 3, 10, 12), self.x[0].transpose(2, 0, 1))
        # Worked out again from what is shown, in the layout of the protocol.
        weights, bias = array("first.kernel", 4, 3, 3, 3), array("first.bias", 4)
        padded = numpy.pad(array("Image", 3, 10, 12), ((0, 0), (1, 1), (1, 1)))
        window = padded[:, 4:7, 6:9]
        self.assertAlmostEqual(
            array("first", 4, 10, 12)[2, 4, 6], float((weights[2] * window).sum() + bias[2]), places=4
        )
        numpy.testing.assert_allclose(array("first.relu", 4, 10, 12), array("first", 4, 10, 12).clip(0))
        numpy.testing.assert_allclose(
            array("both", 4, 10, 12), array("first.relu", 4, 10, 12) + array("norm", 4, 10, 12), rtol=1e-4, atol=1e-5
        )
        walk = nodes["flat"]["strided"]
        places = sum(
            numpy.arange(size).reshape([-1 if at == axis else 1 for at in range(3)]) * stride
            for axis, (size, stride) in enumerate(zip(walk["sizes"], walk["strides"]))
        )
        numpy.testing.assert_array_equal(array("flat", 120), array("pooled", 120)[places.reshape(-1)])
        sums = array("said.kernel", 5, 120) @ array("flat", 120) + array("said.bias", 5)
        numpy.testing.assert_allclose(array("said", 5), sums, rtol=1e-3, atol=1e-4)
        shares = numpy.exp(sums - sums.max())
        numpy.testing.assert_allclose(array("said.softmax", 5), shares / shares.sum(), rtol=1e-3, atol=1e-5)
        normed = (array("second", 4, 120) - array("norm.moving_mean", 4, 1)) / numpy.sqrt(
            array("norm.moving_variance", 4, 1) + 1e-3
        )
        normed = normed * array("norm.gamma", 4, 1) + array("norm.beta", 4, 1)
        numpy.testing.assert_allclose(array("norm", 4, 120), normed, rtol=1e-3, atol=1e-4)

    def test_the_training_is_that_of_an_unwatched_run(self):
        alone = network()
        history = alone.fit(self.x, self.y, batch_size=8, epochs=4, verbose=0, shuffle=False).history
        watched = network()
        self.fit(
            watched,
            epochs=4,
            inputs=self.x[:4],
            then=lambda: self.hall.watch(self.hall.names("activation", "parameter")),
        )
        self.assertGreater(len(self.hall.snapshots), 0)
        for one, other in zip(alone.get_weights(), watched.get_weights()):
            numpy.testing.assert_array_equal(one, other)
        self.assertEqual(len(history["loss"]), 4)

    def test_pause_and_learning_rate(self):
        model = network()

        def ask():
            self.hall.ask("Pause")
            until(lambda: [one for one in self.hall.of("State") if one["state"] == "Paused"])
            self.hall.ask({"SetLearningRate": 0.5})
            self.hall.ask({"Advance": {"steps": 2}})
            until(lambda: len([one for one in self.hall.of("State") if one["state"] == "Paused"]) == 2)
            self.hall.ask("Resume")

        self.fit(model, epochs=12, then=ask)
        paused = [one["step"] for one in self.hall.of("State") if one["state"] == "Paused"]
        self.assertEqual(paused[1] - paused[0], 2)
        self.assertAlmostEqual(float(model.optimizer.learning_rate), 0.5)

    def test_a_subclassed_model_shows_its_weights(self):
        class Own(keras.Model):
            def __init__(self):
                super().__init__()
                self.dense = keras.layers.Dense(5, name="dense")

            def call(self, x):
                return self.dense(keras.ops.reshape(x, (-1, 360)))

        model = Own()
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True), steps_per_execution=4)
        self.fit(model, epochs=20, inputs=self.x[:4], then=lambda: self.hall.watch(self.hall.names("parameter")))
        names = self.hall.names("parameter")
        self.assertEqual(len(names), 2)
        self.assertEqual(set(layers(self.hall.snapshots[-1])), set(names))
        self.assertEqual(self.hall.of("Finished")[0]["steps"], 160)

    def test_a_model_in_a_row(self):
        keras.utils.set_random_seed(2)
        model = keras.Sequential([keras.Input((10, 12, 3)), keras.layers.Flatten(), keras.layers.Dense(5)])
        model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        self.fit(model, epochs=15, inputs=self.x[:4], then=lambda: self.hall.watch(self.hall.names("activation")))
        self.assertEqual(len(self.hall.graph["nodes"]), 3)
        self.assertEqual(len(self.hall.snapshots[-1]["layers"]), 2)


if __name__ == "__main__":
    unittest.main()
