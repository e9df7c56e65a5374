"""Complaints, the cases they open, and strikes against managers who leave such a case standing."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("case_number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Double()),
        sa.Column("passed_at", sa.Double()),
        sa.Column("handling", sa.Text()),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_reports_case_number"),
        sa.PrimaryKeyConstraint("case_number", name="pk_reports"),
    )
    op.create_index("ix_reports_code_matter", "reports", ["code", "matter"])
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index("ix_reports_due", "reports", ["due_at"], sqlite_where=is_due, postgresql_where=is_due)
    op.create_index(
        "ix_reports_open_work",
        "reports",
        ["case_number"],
        sqlite_where=sa.text("is_announced = 0 OR is_settled = 0"),
        postgresql_where=sa.text("NOT is_announced OR NOT is_settled"),
    )
    op.create_table(
        "complaints",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("report", _NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.case_number"], name="fk_complaints_report"),
        sa.PrimaryKeyConstraint("number", name="pk_complaints"),
    )
    op.create_index("ix_complaints_report", "complaints", ["report"])
    op.create_index("ix_complaints_holder_at", "complaints", ["holder", "at"])
    op.create_index(
        "ix_complaints_untold",
        "complaints",
        ["report"],
        sqlite_where=sa.text("is_told = 0"),
        postgresql_where=sa.text("NOT is_told"),
    )
    op.create_table(
        "report_managers",
        sa.Column("report", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.case_number"], name="fk_report_managers_report"),
        sa.PrimaryKeyConstraint("report", "account", name="pk_report_managers"),
    )
    with op.batch_alter_table("manager_strikes") as batch:
        batch.alter_column("measure", existing_type=_NUMBER, nullable=True)
        batch.add_column(sa.Column("report", _NUMBER))
        batch.create_foreign_key("fk_manager_strikes_report", "reports", ["report"], ["case_number"])
        batch.create_index("ix_manager_strikes_report", ["report"])


def downgrade() -> None:
    op.execute("DELETE FROM manager_strikes WHERE measure IS NULL")
    with op.batch_alter_table("manager_strikes") as batch:
        batch.drop_index("ix_manager_strikes_report")
        batch.drop_constraint("fk_manager_strikes_report", type_="foreignkey")
        batch.drop_column("report")
        batch.alter_column("measure", existing_type=_NUMBER, nullable=False)
    for table in ("report_managers", "complaints", "reports"):
        op.drop_table(table)
