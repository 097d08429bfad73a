"""Fuzzing of the intake and of the reading: inputs that nobody would send, and what must hold of all of them.

`python -m evaluation.fuzz` (see `__main__.py`). A case is a number: with the same seed it is the same input again.
"""
