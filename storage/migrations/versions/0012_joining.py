"""How one comes into rooms that are not open to anybody: modes, applications, admissions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("rooms", sa.Column("joining", sa.Text()))
    op.add_column("rooms", sa.Column("approval_until", sa.Double()))
    op.create_table(
        "applications",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("room", NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Double()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'refused', 'granted', 'expired')", name="ck_applications_state"
        ),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name="fk_applications_room"),
        sa.PrimaryKeyConstraint("number", name="pk_applications"),
    )
    op.create_index("ix_applications_holder_room", "applications", ["holder", "room"])
    op.create_index(
        "uq_applications_waiting",
        "applications",
        ["room", "holder"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_applications_untold",
        "applications",
        ["number"],
        sqlite_where=sa.text("is_told = 0"),
        postgresql_where=sa.text("NOT is_told"),
    )
    op.create_table(
        "admissions",
        sa.Column("room", NUMBER, autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name="fk_admissions_room"),
        sa.PrimaryKeyConstraint("room", "holder", name="pk_admissions"),
    )
    op.create_index("ix_admissions_expires_at", "admissions", ["expires_at"])
    op.create_index("ix_admissions_holder", "admissions", ["holder"])
    op.create_table(
        "join_answers",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("room", NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name="fk_join_answers_room"),
        sa.PrimaryKeyConstraint("number", name="pk_join_answers"),
    )
    op.create_index("ix_join_answers_at", "join_answers", ["at"])
    op.create_index("ix_join_answers_holder_room_at", "join_answers", ["holder", "room", "at"])
