"""What follows once somebody's verification was decided: memory forgets, and the applicant is told."""

import logging

from component.texts import Param
from component.world import World
from policy.rules.identity import ends_at
from storage.binding import Claim, ClaimResult

log = logging.getLogger(__name__)


async def follow(world: World, account: str, language: str, claim: Claim) -> None:
    """Have the account read anew, and keep the language it was verified in."""
    world.memory.forget(account)
    if claim.person is not None:
        world.memory.forget_person(claim.person.number)
    if claim.is_bound:
        await world.store.people.set_language(account, language)


def words_of(world: World, language: str, claim: Claim) -> tuple[str, dict[str, Param]]:
    """The text that says what became of a claim, and its parameters."""
    settings, person = world.settings, claim.person
    window = world.texts.duration(language, settings.identity.attempts_window)
    until = None if person is None else ends_at(person, settings)
    match claim.result:
        case ClaimResult.BOUND:
            moderation = settings.moderation
            accepted = 0 if person is None else person.rules_accepted
            is_due = moderation.rules_required_for and accepted < moderation.rules_version
            return ("verify-done-accept-rules" if is_due else "verify-done"), {}
        case ClaimResult.RENEWED:
            return "verify-renewed", {"until": until}
        case ClaimResult.ALREADY:
            return "verify-already", {"tier": None if person is None else person.tier, "until": until}
        case ClaimResult.REFUSED:
            return "verify-refused", {"attempts": settings.identity.attempts, "window": window}
        case ClaimResult.TOO_MANY:
            return "verify-too-many", {"attempts": settings.identity.attempts, "window": window}
        case ClaimResult.FULL:
            return "verify-full", {"limit": settings.identity.max_accounts}
        case ClaimResult.CONFLICT:
            return "verify-conflict", {}


async def announce(world: World, account: str, language: str, claim: Claim) -> None:
    """Likewise, and tell the applicant, who has gone on with something else, by chat."""
    await follow(world, account, language, claim)
    text, params = words_of(world, language, claim)
    tell(world, account, language, text, **params)


def tell(world: World, account: str, language: str, text: str, /, **params: Param) -> None:
    """Write to an applicant in the language they applied in."""
    world.performer.send_chat(account, world.texts.get(language, text, **params), language)
