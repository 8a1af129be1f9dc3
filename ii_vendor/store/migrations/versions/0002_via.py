"""How the actor of an event was known, the salt of its hash, and the facilitator's keys."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("events", sa.Column("via", sa.Text, nullable=False, server_default=""))
    op.add_column("events", sa.Column("salt", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "facilitator_keys",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("facilitator_keys")
    op.drop_column("events", "salt")
    op.drop_column("events", "via")
