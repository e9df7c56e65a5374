"""Rooms have a category, a scale class and rules of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rooms", sa.Column("category", sa.Text()))
    op.add_column("rooms", sa.Column("scale", sa.Text()))
    op.add_column("rooms", sa.Column("own_rules", sa.Text()))
    op.add_column("rooms", sa.Column("rules_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for column in ("rules_version", "own_rules", "scale", "category"):
        op.drop_column("rooms", column)
