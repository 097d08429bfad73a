"""Soak: mixed adding, asking and judging for an hour on one record, while workers, servers and connections are killed.

`python -m evaluation.soak` (see `__main__.py`).
"""
