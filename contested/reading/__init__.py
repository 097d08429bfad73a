"""Text → Statements: one file a question, and `pipeline` that lists them in order."""
