"""Signed heads of the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_GUARD = """
CREATE TRIGGER audit_signatures_keep_{deed} BEFORE {deed} ON audit_signatures
BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END
"""


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
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(_GUARD.format(deed=deed))


def downgrade() -> None:
    op.drop_table("audit_signatures")
