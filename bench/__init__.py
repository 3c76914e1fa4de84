"""Benchmarks on a database of a million order lines; `make bench` runs them."""
