"""A thread in which PyTorch calculates alone, so that pictures do not take the cores on which the training calculates."""

from __future__ import annotations

import ctypes
from typing import Set

import torch


def alone() -> None:
    """From here on this thread calculates by itself; no other thread does so because of it.

    PyTorch's own setting would be that of all threads that begin later, and how many share a sum is part of its bits.
    That of OpenMP is each thread's own (`omp_set_num_threads` sets the calling task's `nthreads-var`).
    Where its library is not found, nothing is changed.
    """
    # What PyTorch sets when a thread calculates first would undo it.
    torch.get_num_threads()
    for path in _libraries():
        try:
            ctypes.CDLL(path).omp_set_num_threads(1)
        except (OSError, AttributeError):
            continue


def _libraries() -> Set[str]:
    """The libraries of OpenMP that this process has loaded already."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
            paths = {line.split(maxsplit=5)[-1].strip() for line in maps if "/" in line}
    except OSError:
        return set()
    names = ("libgomp", "libiomp5", "libomp")
    return {path for path in paths if path.rsplit("/", 1)[-1].startswith(names)}
