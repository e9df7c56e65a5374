"""When a member's first message came. Of earlier members nothing is known: they count as having posted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("memberships", sa.Column("posted_at", sa.Double()))
    op.execute("UPDATE memberships SET posted_at = since")
