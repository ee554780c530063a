"""Cells and colours of tensors, also where numbers are none."""

import math
import unittest

# First, as it skips all of this where PyTorch is not installed.
import networks  # noqa: F401

import torch

from perceptarium.pytorch import thin
from perceptarium.wire import Body
from perceptarium.wishes import Subscription

ALL = (0, 0, 0), (1 << 62,) * 3


class Thin(unittest.TestCase):
    def test_cells_at_the_far_edges_stand_for_fewer(self):
        part = torch.arange(15.0).reshape(1, 3, 5) - 7
        means, peaks = thin.cells(part, 1)
        self.assertEqual(means.shape, (1, 2, 3))
        self.assertEqual(means[0].tolist(), [[-4.0, -2.0, -0.5], [3.5, 5.5, 7.0]])
        self.assertEqual(peaks[0].tolist(), [[-7.0, -5.0, -3.0], [4.0, 6.0, 7.0]])
        means, peaks = thin.cells(part, 24)
        self.assertEqual((means.tolist(), peaks.tolist()), ([[[0.0]]], [[[7.0]]]))

    def test_what_is_no_number_is_seen_and_widens_nothing(self):
        part = torch.tensor([[[1.0, 2.0, math.nan, 0.0]]])
        means, peaks = thin.cells(part, 1)
        self.assertEqual((means[0, 0, 0], peaks[0, 0, 0]), (1.5, 2.0))
        self.assertTrue(math.isnan(means[0, 0, 1]) and math.isnan(peaks[0, 0, 1]))
        self.assertEqual(thin.span(part, True), {"low": -2.0, "high": 2.0})
        self.assertEqual(thin.span(torch.full((1, 1, 3), math.inf), True), {"low": 0.0, "high": 0.0})
        large = torch.tensor([[[1e38, -1e38, 3e38]]])
        self.assertTrue(math.isfinite(thin.span(large, True)["high"]))

    def test_one_outlier_does_not_darken_all_others(self):
        numbers = torch.zeros(1, 1, 999)
        numbers[0, 0, 500] = 1000.0
        self.assertLess(thin.span(numbers, False)["high"], 150.0)
        self.assertEqual(thin.span(torch.full((1, 2, 2), -3.0), False), {"low": 0.0, "high": 0.0})
        self.assertEqual(thin.span(torch.full((1, 2, 2), 5.0), True), {"low": -5.0, "high": 5.0})

    def test_slices_are_cut_to_what_there_is(self):
        value = torch.arange(24.0).reshape(2, 3, 4)
        asked = Subscription("x", (1, 2, 3), (9, 9, 9), 0, 1.0)
        part = thin.cut(value, [2, 3, 4], asked)
        self.assertEqual(part.tolist(), [[[23.0]]])
        body = Body()
        told = thin.layer("x", part, [2, 3, 4], asked, True, body)
        self.assertEqual(told["part"]["slice"], {"first": (1, 2, 3), "count": (1, 1, 1)})
        self.assertEqual(told["part"]["peaks"]["shape"], [0])
        beyond = Subscription("x", (5, 0, 0), (1, 1, 1), 0, 1.0)
        self.assertIsNone(thin.layer("x", thin.cut(value, [2, 3, 4], beyond), [2, 3, 4], beyond, True, body))
        whole = thin.layer("x", value, [2, 3, 4], Subscription("x", *ALL, 0, 1.0), True, body)
        self.assertNotIn("part", whole)

    def test_numpy_makes_the_same(self):
        try:
            from perceptarium.keras3 import thin as other
        except ImportError:
            self.skipTest("NumPy is not installed")
        value = torch.randn(3, 7, 5, generator=torch.Generator().manual_seed(2))
        for asked in (Subscription("x", *ALL, 0, 1.0), Subscription("x", (1, 1, 0), (2, 5, 9), 1, 1.0)):
            ours, theirs = Body(), Body()
            one = thin.layer("x", thin.cut(value, [3, 7, 5], asked), [3, 7, 5], asked, True, ours)
            two = other.layer("x", value.numpy(), [3, 7, 5], asked, True, theirs)
            for layer in (one, two):
                span = layer.pop("range")
                layer["range"] = [round(span["low"], 4), round(span["high"], 4)]
                layer.get("part", {"slice": {}})["slice"] = None
            self.assertEqual(one, two)
            a, b = (torch.frombuffer(bytearray(body.bytes()), dtype=torch.float32) for body in (ours, theirs))
            self.assertLess(float((a - b).abs().max()), 1e-6)


if __name__ == "__main__":
    unittest.main()
