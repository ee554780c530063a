"""Watching PyTorch, from 1.13 on."""
