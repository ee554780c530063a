"""The ring of steps: bounded, and honest about what it has merged."""

import math
import threading
import unittest

import hall  # noqa: F401  puts the package on the path
from perceptarium import told
from perceptarium.ring import Ring


class Rings(unittest.TestCase):
    def test_steps_are_told_as_they_were(self):
        ring = Ring(8)
        for step in range(1, 4):
            ring.push(step, 0.1 * step, (float(step), 0.5))
        steps = ring.drain()
        self.assertEqual(
            [(one.step, one.values, one.merged) for one in steps],
            [(1, (1.0, 0.5), 1), (2, (2.0, 0.5), 1), (3, (3.0, 0.5), 1)],
        )
        self.assertEqual(ring.drain(), [])

    def test_it_halves_when_it_is_full_and_counts(self):
        ring = Ring(64)
        for step in range(1, 100_001):
            ring.push(step, 0.1, (float(step),))
            self.assertLessEqual(len(ring), 64)
        steps = ring.drain()
        self.assertEqual(sum(one.merged for one in steps), 100_000)
        self.assertEqual(steps[-1].step, 100_000)
        self.assertEqual([one.step for one in steps], sorted(one.step for one in steps))
        mean = sum(one.values[0] * one.merged for one in steps) / 100_000
        self.assertAlmostEqual(mean, 50_000.5, places=6)

    def test_it_is_told_in_so_many_parts_at_most(self):
        ring = Ring(1024)
        for step in range(1, 1001):
            ring.push(step, 0.1, (1.0,))
        steps = ring.drain(16)
        self.assertLessEqual(len(steps), 16)
        self.assertEqual((sum(one.merged for one in steps), steps[-1].step), (1000, 1000))

    def test_what_was_not_measured_is_in_no_mean(self):
        ring = Ring(2)
        nothing = math.nan
        for value in (nothing, 3.0, nothing, 5.0):
            ring.push(1, 0.1, (value, nothing))
        steps = ring.drain(1)
        self.assertEqual((steps[0].values[0], steps[0].merged), (4.0, 4))
        self.assertTrue(math.isnan(steps[0].values[1]))

    def test_values_on_a_device_are_waited_for_only_when_they_are_told(self):
        fetched = []

        class OnDevice:
            def __float__(self):
                fetched.append(threading.current_thread().name)
                return 2.0

        ring = Ring(4)
        for step in range(12):
            ring.push(step, 0.1, (OnDevice(),))
        self.assertEqual(fetched, [])
        steps = ring.drain()
        self.assertEqual((steps[-1].values, steps[-1].merged), ((2.0,), 1))
        self.assertEqual(sum(one.merged for one in steps), 12)


class Metrics(unittest.TestCase):
    def test_a_name_says_what_it_is(self):
        found = [told.metric(name) for name in ("loss", "train_loss", "val_accuracy", "mae")]
        self.assertEqual([one["name"] for one in found], ["loss", "train_loss", "val_accuracy", "mae"])
        self.assertEqual([one["unit"] for one in found], ["", "", "share", ""])
        self.assertEqual([one["better"] for one in found], ["lower", "lower", "higher", "lower"])


if __name__ == "__main__":
    unittest.main()
