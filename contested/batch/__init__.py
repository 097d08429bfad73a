"""The same reading over many reports, here or elsewhere; what runs come to is told in one way."""

from contested.batch.counts import Counts, Issue
from contested.batch.here import read_many
from contested.batch.workers import Workers

__all__ = ["Counts", "Issue", "Workers", "read_many"]
