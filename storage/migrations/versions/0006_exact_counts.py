"""Places counted by the database itself, exceptions from quotas, rooms' names and lists, and who was last seen when."""

import sqlalchemy as sa
from alembic import op

from policy.shapes import shape_of
from storage.migrations.triggers import create, drop

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_ADD = """
UPDATE rooms SET members = members + 1 WHERE number = NEW.room;
INSERT INTO tallies (holder, joined, created) VALUES (NEW.holder, 1, CAST(NEW.is_creator AS INTEGER))
ON CONFLICT (holder) DO UPDATE
SET joined = tallies.joined + 1, created = tallies.created + excluded.created;
"""
_TAKE_OFF = """
UPDATE rooms SET members = members - 1 WHERE number = OLD.room;
UPDATE tallies SET joined = joined - 1, created = created - CAST(OLD.is_creator AS INTEGER)
WHERE holder = OLD.holder;
DELETE FROM tallies WHERE holder = OLD.holder AND joined = 0;
"""
_TRIGGERS = {
    "INSERT": ("", _ADD),
    "DELETE": ("", _TAKE_OFF),
    "UPDATE": (" OF room, holder, is_creator", f"{_TAKE_OFF}{_ADD}"),
}


def upgrade() -> None:
    op.add_column("rooms", sa.Column("name", sa.Text()))
    op.add_column("rooms", sa.Column("name_key", sa.Text()))
    op.add_column("rooms", sa.Column("is_public", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("rooms", sa.Column("shape", sa.Text(), nullable=False, server_default=""))
    op.add_column("rooms", sa.Column("members", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_rooms_shape"), "rooms", ["shape"])
    op.add_column("memberships", sa.Column("seen_at", sa.Double(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_memberships_seen_at"), "memberships", ["seen_at"])
    op.create_table(
        "tallies",
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_tallies")),
    )
    op.create_table(
        "affiliations",
        sa.Column("room", NUMBER, autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("nick", sa.Text()),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name=op.f("fk_affiliations_room")),
        sa.PrimaryKeyConstraint("room", "account", name=op.f("pk_affiliations")),
    )
    op.create_table(
        "overrides",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("quota", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double()),
        sa.PrimaryKeyConstraint("subject", "quota", name=op.f("pk_overrides")),
    )
    _fill(op.get_bind())
    for deed, (of, body) in _TRIGGERS.items():
        create(f"memberships_count_{deed.lower()}", f"AFTER {deed}{of} ON memberships", body)


def _fill(connection: sa.Connection) -> None:
    """What was there before is counted once."""
    for statement in (
        "UPDATE rooms SET members = (SELECT count(*) FROM memberships WHERE room = rooms.number)",
        "UPDATE memberships SET seen_at = since",
        """
        INSERT INTO tallies (holder, joined, created)
        SELECT holder, count(*), sum(CASE WHEN is_creator THEN 1 ELSE 0 END) FROM memberships GROUP BY holder
        """,
    ):
        connection.execute(sa.text(statement))
    shapes = [
        {"number": row.number, "shape": shape_of(row.jid)}
        for row in connection.execute(sa.text("SELECT number, jid FROM rooms"))
    ]
    if shapes:
        connection.execute(sa.text("UPDATE rooms SET shape = :shape WHERE number = :number"), shapes)


def downgrade() -> None:
    for deed in _TRIGGERS:
        drop(f"memberships_count_{deed.lower()}", "memberships")
    for table in ("overrides", "affiliations", "tallies"):
        op.drop_table(table)
    op.drop_index(op.f("ix_memberships_seen_at"), "memberships")
    op.drop_column("memberships", "seen_at")
    op.drop_index(op.f("ix_rooms_shape"), "rooms")
    for column in ("members", "shape", "is_public", "name_key", "name"):
        op.drop_column("rooms", column)
