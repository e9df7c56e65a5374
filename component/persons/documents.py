"""What is wrong with a document or an account before anybody looks it up, and so tells nothing about who is known."""

from component.forms import Mistaken, Refused
from component.world import World
from config.addresses import is_domain_among
from storage.documents import Entry


def fault_of(world: World, entry: Entry, var: str = "number") -> Mistaken | None:
    """What is wrong with the number by itself; `var` is the form's field for it."""
    check = world.policy.checks.get(entry.compared_type)
    text = None if check is None else check(entry.compared_number, world.now())
    return None if text is None else Mistaken(text=text, var=var)


def refusal_of(world: World, account: str) -> Refused | None:
    """Why the account can be nobody's: it lives where accounts are not bound."""
    domain = account.partition("@")[2]
    if is_domain_among(domain, world.settings.identity.domains):
        return None
    return Refused(text="domain-not-bound", params={"domain": domain})
