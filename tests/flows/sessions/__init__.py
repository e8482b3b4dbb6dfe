"""Sessions of a pair, from the first proposal to "we met"."""
