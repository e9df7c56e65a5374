"""Reviews of rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for column in ("reviewed_at", "review_at"):
        op.add_column("rooms", sa.Column(column, sa.Double()))
    op.add_column("rooms", sa.Column("reviewed_by", sa.Text()))
    told = sa.text("review_at IS NOT NULL")
    op.create_index("ix_rooms_review_at", "rooms", ["review_at"], sqlite_where=told, postgresql_where=told)
    op.create_table(
        "reviews",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("decided_at", sa.Double()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("measure", _NUMBER),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("is_urged", sa.Boolean(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measures.number"], name="fk_reviews_measure"),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
    )
    op.create_index("ix_reviews_code", "reviews", ["code"])
    waiting = sa.text("outcome IS NULL")
    op.create_index(
        "uq_reviews_waiting", "reviews", ["code"], unique=True, sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index(
        "ix_reviews_untold",
        "reviews",
        ["number"],
        sqlite_where=sa.text("is_told = 0"),
        postgresql_where=sa.text("NOT is_told"),
    )


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_index("ix_rooms_review_at", "rooms")
    for column in ("review_at", "reviewed_by", "reviewed_at"):
        op.drop_column("rooms", column)
