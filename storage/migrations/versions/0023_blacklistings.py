"""Acts that put somebody or something on the blacklist, so that they can be appealed against; who decided an appeal."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    acts = op.create_table(
        "blacklistings",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("room", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("measure", _NUMBER),
        sa.Column("lost", sa.Text()),
        sa.Column("ended_at", sa.Double()),
        sa.Column("overruled_at", sa.Double()),
        sa.PrimaryKeyConstraint("number", name="pk_blacklistings"),
    )
    op.create_index("ix_blacklistings_room", "blacklistings", ["room"])
    op.create_index("ix_blacklistings_measure", "blacklistings", ["measure"])
    op.create_table(
        "former_managers",
        sa.Column("room", _NUMBER, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms.number"], name="fk_former_managers_room"),
        sa.PrimaryKeyConstraint("room", "account", name="pk_former_managers"),
    )
    op.create_index("ix_former_managers_account", "former_managers", ["account"])
    op.add_column("blacklist", sa.Column("blacklisting", _NUMBER))
    op.create_index("ix_blacklist_blacklisting", "blacklist", ["blacklisting"])
    op.add_column("appeals", sa.Column("blacklisting", _NUMBER))
    op.add_column("appeals", sa.Column("is_by_imposer", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("uq_appeals_blacklisting", "appeals", ["blacklisting"], unique=True)
    _note_those_before(acts)


def _note_those_before(acts: sa.Table) -> None:
    """What is on the list was put there by acts too: one for each person's documents, address or room."""
    connection = op.get_bind()
    listed = sa.table("blacklist", *map(sa.column, ("subject", "reason", "by", "at", "blacklisting")))
    done: dict[tuple[str, float], int] = {}
    for row in connection.execute(sa.select(listed).order_by(listed.c.at, listed.c.subject)).all():
        holder, room = _whom(connection, row.subject)
        key = (holder or row.subject, row.at)
        if key not in done:
            values = {"holder": holder, "room": room, "reason": row.reason, "by": row.by, "at": row.at}
            act = {**values, "measure": _measure(connection, room, row.at)}
            key_of_act = connection.execute(sa.insert(acts).values(act)).inserted_primary_key
            assert key_of_act is not None  # noqa: S101 - one row was inserted
            done[key] = int(key_of_act[0])
        here = listed.c.subject == row.subject
        connection.execute(sa.update(listed).where(here).values(blacklisting=done[key]))


def _whom(connection: sa.Connection, subject: str) -> tuple[str | None, str | None]:
    kind, _, name = subject.partition(":")
    if kind == "r":
        return None, name
    if kind == "a":
        return subject, None
    identities = sa.table("identities", *map(sa.column, ("number", "blind_index")))
    former = sa.table("former_persons", *map(sa.column, ("number", "merged_into")))
    number = connection.scalar(sa.select(identities.c.number).where(identities.c.blind_index == name))
    merged = connection.scalar(sa.select(former.c.merged_into).where(former.c.number == number))
    return f"p:{merged or number}", None


def _measure(connection: sa.Connection, room: str | None, at: float) -> object:
    measures = sa.table("measures", *map(sa.column, ("number", "room", "kind", "at")))
    query = sa.select(measures.c.number).where(measures.c.room == room, measures.c.at == at)
    return connection.scalar(query.where(measures.c.kind == "blacklist"))


def downgrade() -> None:
    op.drop_index("uq_appeals_blacklisting", "appeals")
    op.drop_column("appeals", "is_by_imposer")
    op.drop_column("appeals", "blacklisting")
    op.drop_index("ix_blacklist_blacklisting", "blacklist")
    op.drop_column("blacklist", "blacklisting")
    op.drop_table("former_managers")
    op.drop_table("blacklistings")
