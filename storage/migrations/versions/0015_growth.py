"""Of rooms that grow: what their managers were told."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rooms", sa.Column("growth_told", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("rooms", "growth_told")
