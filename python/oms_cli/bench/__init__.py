"""Fills a database with a believable load, for benchmarks and for looking at long lists."""
