"""Merging, moving, correcting, erasing and disclosing persons; retired master keys."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("former_persons", "merges", "account_moves", "corrections", "erasures", "disclosures")


def upgrade() -> None:
    op.add_column("vault_proofs", sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "former_persons",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("merged_into", NUMBER),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_former_persons")),
    )
    op.create_index(op.f("ix_former_persons_merged_into"), "former_persons", ["merged_into"])
    op.create_table(
        "merges",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("survivor", NUMBER, nullable=False),
        sa.Column("merged", NUMBER, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_survivor"), "merges", ["survivor"])
    op.create_table(
        "account_moves",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("code_tag", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.Double()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account_moves")),
        sa.UniqueConstraint("old", name=op.f("uq_account_moves_old")),
    )
    op.create_index(op.f("ix_account_moves_new"), "account_moves", ["new"])
    op.create_table(
        "corrections",
        sa.Column("person", NUMBER, autoincrement=False, nullable=False),
        sa.Column("identity", NUMBER, nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_corrections")),
    )
    op.create_table(
        "erasures",
        sa.Column("person", NUMBER, autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.Column("erased_at", sa.Double()),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_erasures")),
    )
    op.create_table(
        "disclosures",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("case_reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_by_person", NUMBER, nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("lapses_at", sa.Double(), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", sa.Double()),
        sa.Column("is_approved", sa.Boolean()),
        sa.Column("shown_at", sa.Double()),
        sa.Column("notify_at", sa.Double()),
        sa.Column("notified_at", sa.Double()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_disclosures")),
    )
    op.create_index(op.f("ix_disclosures_person"), "disclosures", ["person"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("vault_proofs", "is_retired")
