"""Benchmarks: programs to run by hand, each printing one table. None is part of the test suite.

    python -m tests.bench.NAME --help

Rules, kept by `tests.bench.harness`: every process has a port nobody used and a group of its own,
which is ended with it; a figure counts only if what was asked for is what the database and the
other side hold afterwards; nothing runs in parallel; versions and the machine's load are printed.
"""
