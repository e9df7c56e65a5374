"""Of rooms: their class by activity, as it was last found."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rooms", sa.Column("activity", sa.Text()))


def downgrade() -> None:
    op.drop_column("rooms", "activity")
