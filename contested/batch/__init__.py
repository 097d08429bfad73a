"""The same reading over many reports, here or elsewhere; what runs come to is told in one way."""

from contested.batch.counts import Counts, Issue
from contested.batch.here import read_many

__all__ = ["Counts", "Issue", "read_many"]
