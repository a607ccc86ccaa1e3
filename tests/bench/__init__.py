"""Measures the product against bare yardsticks of the same run: `make bench`, or `python -m tests.bench`."""
