"""The record: keeps reports and their statements, and answers from all of them."""
