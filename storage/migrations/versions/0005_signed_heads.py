"""Signed heads of the audit."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.triggers import guard, unguard

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_signatures",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_signatures")),
    )
    guard("audit_signatures", "audit_signatures_keep", "signatures are append-only")


def downgrade() -> None:
    op.drop_table("audit_signatures")
    unguard("audit_signatures_keep")
