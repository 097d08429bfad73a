"""What Alembic runs: the steps, on the connection it was given (`contested.record.migrations`)."""

from alembic import context

from contested.record.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds it all
)
context.run_migrations()
