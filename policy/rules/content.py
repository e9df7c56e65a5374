"""Automatic moderation: the operator's rules, on everything a stanza would put before others."""

from config.settings import Rule as TextRule
from config.settings import Threshold
from policy.consequences import conclude, make_holding
from policy.errors import BadRule
from policy.examine import UNSUSPICIOUS, Examiner
from policy.facts import Facts
from policy.rule import EVERY, Opinion, Rule, Source

NAME = "content"


def make(source: Source) -> Rule | None:
    """`[[rules]]`, each under its own name, and `[[moderation.thresholds]]`."""
    settings = source.settings
    if not settings.rules:
        return None
    consequences: tuple[TextRule | Threshold, ...] = (*settings.rules, *settings.moderation.thresholds)
    for each in consequences:
        if each.action == "note" and each.deduct:
            raise BadRule(each.name, "a note only records: leave out deduct, or let the action be reject")
    examiner = Examiner(settings, source.words)
    examine = examiner.examine
    holding = make_holding(settings)

    def judge(facts: Facts) -> Opinion | None:
        examined = examine(facts)
        if examined is UNSUSPICIOUS:
            return None
        opinion = conclude(examined.hits, facts, settings, holding)
        return Opinion(
            reasons=opinion.reasons if opinion else (),
            actions=opinion.actions if opinion else (),
            errors=examined.errors,
            hits=tuple(hit.rule.name for hit in examined.hits),
        )

    return Rule(name=NAME, kinds=EVERY, judge=judge, pieces=examiner.examine_in_pieces)
