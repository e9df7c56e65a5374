"""Incidents, which tie together what one stanza led to; texts held for moderators; cases that can be closed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("check_id", sa.Text()),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("overruled_at", sa.Double()),
        sa.Column("overruled_by", sa.Text()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_incidents")),
        sa.UniqueConstraint("check_id", name=op.f("uq_incidents_check_id")),
    )
    op.create_index(op.f("ix_incidents_holder"), "incidents", ["holder"])
    for table in ("ledger", "strikes", "sanctions", "cases"):
        op.add_column(table, sa.Column("incident", NUMBER))
        op.create_index(op.f(f"ix_{table}_incident"), table, ["incident"])
    op.add_column("ledger", sa.Column("gives_back", NUMBER))
    op.create_index("uq_ledger_gives_back", "ledger", ["gives_back"], unique=True)
    op.add_column("strikes", sa.Column("overruled_at", sa.Double()))
    for column in (
        sa.Column("closed_at", sa.Double()),
        sa.Column("closed_by", sa.Text()),
        sa.Column("outcome", sa.Text()),
    ):
        op.add_column("cases", column)
    op.create_index(op.f("ix_cases_room"), "cases", ["room"])
    op.create_table(
        "sanction_strikes",
        sa.Column("sanction", NUMBER, autoincrement=False, nullable=False),
        sa.Column("strike", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["sanction"], ["sanctions.number"], name=op.f("fk_sanction_strikes_sanction")),
        sa.ForeignKeyConstraint(["strike"], ["strikes.number"], name=op.f("fk_sanction_strikes_strike")),
        sa.PrimaryKeyConstraint("sanction", "strike", name=op.f("pk_sanction_strikes")),
    )
    op.create_index(op.f("ix_sanction_strikes_strike"), "sanction_strikes", ["strike"])
    op.create_table(
        "holds",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("sealed_for", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("strike_expires_s", sa.Double()),
        sa.Column("deduct", sa.Integer(), nullable=False),
        sa.Column("incident", NUMBER),
        sa.Column("decided_at", sa.Double()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint("state IN ('waiting', 'approved', 'refused', 'lapsed')", name=op.f("ck_holds_state")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_holder_content"), "holds", ["holder", "content"])
    op.create_index(op.f("ix_holds_state_until"), "holds", ["state", "until"])
    op.create_index(op.f("ix_holds_incident"), "holds", ["incident"])
    op.create_index(
        "uq_holds_waiting",
        "holds",
        ["holder", "content"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("holds")
    op.drop_table("sanction_strikes")
    op.drop_index(op.f("ix_cases_room"), "cases")
    op.drop_index("uq_ledger_gives_back", "ledger")
    columns = {
        "cases": ("incident", "closed_at", "closed_by", "outcome"),
        "sanctions": ("incident",),
        "strikes": ("incident", "overruled_at"),
        "ledger": ("incident", "gives_back"),
    }
    for table, names in columns.items():
        op.drop_index(op.f(f"ix_{table}_incident"), table)
        for name in names:
            op.drop_column(table, name)
    op.drop_table("incidents")
