"""Benchmarks: each figure a ratio, or a cost, measured in one run on one machine."""
