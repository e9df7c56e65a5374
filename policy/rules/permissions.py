"""What a tier may send: links, files, invitations."""

import re

from policy.facts import Facts, Kind, Surface
from policy.normalise import normalise
from policy.rule import EVERY, Opinion, Rule, Source
from policy.tiers import rights
from policy.verdict import Condition, Reason

NAME = "permissions"
_LINK = re.compile(
    r"\w://|\bwww\.\w|\b(?:xmpp|mailto|magnet|tel|sms|geo):[\w?+]|\w\.[a-z]{2,24}/"
    r"|\w\.(?:com|net|org|info|biz|io|me|app|dev|xyz|top|site|online|shop|club|vip|cc|tv|co|ai|cn|ru|de|uk|eu|us)\b"
)
"""What clients turn into something to click. Every branch is bounded: the time taken is linear."""


def make(source: Source) -> Rule:
    """`links`, `files` and `invitations` of the person's tier."""
    settings = source.settings
    free = frozenset(tier.name for tier in settings.credit.tiers if tier.links and tier.files and tier.invitations)

    def judge(facts: Facts) -> Opinion | None:
        person = facts.person
        if person is None or person.tier in free:
            return None
        tier = rights(person, settings)
        refused: list[str] = []
        if not tier.files and facts.has_file:
            refused.append("deny-files")
        if not tier.links and _has_link(facts, is_file_allowed=tier.files):
            refused.append("deny-links")
        if not tier.invitations and facts.kind is Kind.INVITE and facts.targets:
            refused.append("deny-invitations")
        reasons = tuple(
            Reason(rule=NAME, condition=Condition.NOT_ALLOWED, text=text, params=(("tier", tier.name),))
            for text in refused
        )
        return Opinion(reasons=reasons) if reasons else None

    return Rule(name=NAME, kinds=EVERY - {Kind.ANSWER}, judge=judge)  # an answer is not sent, but asked for


def _has_link(facts: Facts, *, is_file_allowed: bool) -> bool:
    """Any link, on any surface; where files are allowed, the address of the file itself is none (XEP-0066 §3)."""
    files: frozenset[str] = frozenset()
    if is_file_allowed and facts.has_file:
        files = frozenset(text.value for text in facts.texts if text.surface is Surface.LINK)
    return any(
        text.value not in files and (text.surface is Surface.LINK or _names_link(normalise(text.value).text))
        for text in facts.texts
    ) or any(_names_link(normalise(text.value).text) for text in facts.readings if text.surface is Surface.BODY)


def _names_link(text: str) -> bool:
    return (":" in text or "." in text) and _LINK.search(text) is not None
