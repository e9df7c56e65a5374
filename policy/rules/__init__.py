"""One rule a file. What makes each stands in `MAKERS`; their order has no meaning."""

from policy.rule import Make
from policy.rules import (
    acceptance,
    blacklist,
    content,
    encrypted,
    grants,
    identity,
    join_mode,
    lockdown,
    lookalikes,
    management,
    message_rate,
    own_rules,
    permissions,
    quotas,
    room_config,
    room_status,
    sanctions,
    text_length,
)

MAKERS: tuple[Make, ...] = (
    acceptance.make,
    blacklist.make,
    content.make,
    encrypted.make,
    grants.make,
    identity.make,
    lookalikes.make,
    management.make,
    lockdown.make,
    join_mode.make,
    message_rate.make,
    own_rules.make,
    permissions.make,
    quotas.make,
    room_config.make,
    room_status.make,
    sanctions.make,
    text_length.make,
)
