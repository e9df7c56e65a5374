"""`roomkeeper scheme export`: how groups are graded, and what becomes of violations, on paper or as JSON for machines.

Says what the settings say, nothing of what there is.
"""

from collections.abc import Iterator

from component.texts import LANGUAGES, Texts
from config.settings import Founding, GroupStep, ManagerStep, Settings, Step
from config.settings.rooms import Reviewed
from policy.grading import default_category, default_scale

_SPANS = ("verified_for", "tenure")
_LASTING = frozenset(("mute", "suspend", "ban", "manage"))
"""Sanctions that hold somewhere for a time."""


def as_json(settings: Settings) -> dict[str, object]:
    """Categories and classes in their order, tiers, ladders, and applications; durations in seconds."""
    return {
        "default": {"category": default_category(settings), "scale": default_scale(settings)},
        "categories": [
            {"name": name, "title": category.title, **_demands(category)}
            for name, category in settings.categories.items()
        ],
        "scales": [
            {
                "name": name,
                "title": scale.title,
                "members": min(scale.members, settings.quotas.members_per_room),
                **_demands(scale),
            }
            for name, scale in settings.scales.items()
        ],
        "activity": [
            {
                "name": name,
                "title": each.title,
                "messages": each.messages,
                "members": each.members,
                "review_every": each.review_every,
                "needs_managers": each.needs_managers,
            }
            for name, each in settings.activity.items()
        ],
        "ladders": {
            "member": [_step(step) for step in settings.ladders.member.steps],
            "group": [_step(step) for step in settings.ladders.group.steps],
            "manager": [_step(step) for step in settings.ladders.manager.steps],
        },
        "tiers": [
            {
                "name": tier.name,
                "threshold": tier.threshold,
                "rooms_created": _quota(tier.rooms_created, settings.quotas.rooms_created),
                "rooms_joined": _quota(tier.rooms_joined, settings.quotas.rooms_joined),
                "largest_scale": tier.largest_scale or next(reversed(settings.scales)),
            }
            for tier in settings.credit.tiers
        ],
        "reviews": {
            "tell_before": float(settings.reviews.tell_before),
            "within": float(settings.reviews.within),
        },
        "applications": {
            "expires": float(settings.applications.expires),
            "valid": float(settings.applications.valid),
            "most": settings.applications.most,
        },
    }


def as_markdown(settings: Settings, language: str) -> list[str]:
    """The same as lines of a document in this language."""
    return list(_Page(settings, language).lines())


class _Page:
    def __init__(self, settings: Settings, language: str) -> None:
        self._settings = settings
        self._language = language
        self._texts = Texts(language, settings.xmpp.domain)

    def lines(self) -> Iterator[str]:
        settings = self._settings
        category, scale = default_category(settings), default_scale(settings)
        yield f"# {self._say('scheme-title')}"
        yield ""
        yield self._say(
            "scheme-default",
            category=self._title(category, settings.categories[category].title),
            scale=self._title(scale, settings.scales[scale].title),
        )
        yield from self._table(
            "scheme-categories",
            ("scheme-name", "scheme-founders", "scheme-decides"),
            [
                (self._title(name, each.title), self._founders(each), self._decides(each))
                for name, each in settings.categories.items()
            ],
        )
        yield from self._table(
            "scheme-scales",
            ("scheme-name", "scheme-members", "scheme-founders", "scheme-decides"),
            [
                (
                    self._title(name, each.title),
                    str(min(each.members, settings.quotas.members_per_room)),
                    self._founders(each),
                    self._decides(each),
                )
                for name, each in settings.scales.items()
            ],
        )
        yield from self._table(
            "scheme-activity",
            ("scheme-name", "scheme-messages", "scheme-writers"),
            [
                (self._title(name, each.title), str(each.messages), str(each.members))
                for name, each in settings.activity.items()
            ],
        )
        yield from self._reviews()
        yield from self._table(
            "scheme-tiers",
            ("scheme-name", "scheme-score", "scheme-created", "scheme-joined", "scheme-largest"),
            [self._tier(number) for number in range(len(settings.credit.tiers))],
        )
        yield ""
        yield self._say(
            "scheme-applications",
            expires=self._span(settings.applications.expires),
            valid=self._span(settings.applications.valid),
            most=settings.applications.most,
        )
        yield from self._ladders()

    def _reviews(self) -> Iterator[str]:
        """What asks for reviews, and for how many managers."""
        settings = self._settings
        asking: list[tuple[str, dict[str, str], Reviewed, int]] = [
            (name, each.title, each, 0) for name, each in settings.categories.items()
        ]
        asking += [(name, each.title, each, 0) for name, each in settings.scales.items()]
        asking += [(name, each.title, each, each.needs_managers) for name, each in settings.activity.items()]
        rows: list[tuple[str, ...]] = [
            (self._title(name, title), self._every(each), str(needed or "—"))
            for name, title, each, needed in asking
            if each.review_every is not None or needed
        ]
        if rows:
            yield from self._table("scheme-reviews", ("scheme-name", "scheme-every", "scheme-managers"), rows)
            yield ""
            yield self._say(
                "scheme-reviewed",
                before=self._span(settings.reviews.tell_before),
                within=self._span(settings.reviews.within),
            )

    def _every(self, reviewed: Reviewed) -> str:
        return "—" if reviewed.review_every is None else self._span(reviewed.review_every)

    def _ladders(self) -> Iterator[str]:
        """What violations lead to: for those who commit them, for their rooms, for those who answer for these."""
        ladders = self._settings.ladders
        yield from self._table(
            "scheme-ladder-member",
            ("scheme-strikes", "scheme-sanction", "scheme-lasts", "scheme-deduct"),
            [self._personal_step(step) for step in ladders.member.steps],
        )
        yield from self._table(
            "scheme-ladder-group",
            ("scheme-strikes", "scheme-sanction", "scheme-within"),
            [self._group_step(step) for step in ladders.group.steps],
        )
        yield from self._table(
            "scheme-ladder-manager",
            ("scheme-strikes", "scheme-sanction", "scheme-lasts", "scheme-deduct"),
            [self._personal_step(step) for step in ladders.manager.steps],
        )

    def _personal_step(self, step: Step | ManagerStep) -> tuple[str, ...]:
        lasting = step.sanction in _LASTING
        if step.lasts is not None:
            lasts = self._span(step.lasts)
        else:
            lasts = self._say("scheme-without-end" if lasting else "scheme-at-once")
        where = self._say("scheme-everywhere" if step.everywhere else "scheme-there") if lasting else ""
        kind = self._say(f"kind-{step.sanction}")
        return (
            self._say("scheme-count", count=step.strikes, span=self._span(step.window)),
            self._say("scheme-kind-where", kind=kind, where=where) if where else kind,
            lasts,
            str(step.deduct),
        )

    def _group_step(self, step: GroupStep) -> tuple[str, ...]:
        if step.strikes is None:
            led_by = self._say("scheme-missed")
        else:
            led_by = self._say(
                "scheme-count-persons", count=step.strikes, persons=step.persons, span=self._span(step.window)
            )
        within = self._say("scheme-at-once") if step.within is None else self._span(step.within)
        return led_by, self._say("measure-name", kind=step.sanction), within

    def _tier(self, number: int) -> tuple[str, ...]:
        settings = self._settings
        tier = settings.credit.tiers[number]
        largest = tier.largest_scale or next(reversed(settings.scales))
        return (
            self._say("tier-name", tier=tier.name),
            str(tier.threshold),
            str(_quota(tier.rooms_created, settings.quotas.rooms_created)),
            str(_quota(tier.rooms_joined, settings.quotas.rooms_joined)),
            self._title(largest, settings.scales[largest].title),
        )

    def _founders(self, founding: Founding) -> str:
        names = [self._say("tier-name", tier=tier) for tier in founding.tiers]
        parts = [self._say("list-comma").join(names) if names else self._say("scheme-anybody")]
        if founding.verified_for:
            parts.append(self._say("scheme-verified", span=self._span(founding.verified_for)))
        if founding.tenure:
            parts.append(self._say("scheme-tenure", span=self._span(founding.tenure)))
        return self._say("scheme-semicolon").join(parts)

    def _decides(self, founding: Founding) -> str:
        return self._say("scheme-moderator" if founding.approval else "scheme-nobody")

    def _table(self, heading: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
        yield from ("", f"## {self._say(heading)}", "")
        yield _row([self._say(column) for column in columns])
        yield _row(["---"] * len(columns))
        yield from map(_row, rows)

    def _title(self, name: str, titles: dict[str, str]) -> str:
        return next((titles[key] for key in (self._language, *LANGUAGES) if titles.get(key)), name)

    def _span(self, seconds: float) -> str:
        return self._texts.duration(self._language, seconds)

    def _say(self, text: str, /, **params: str | float | None) -> str:
        return self._texts.get(self._language, text, **params)


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _demands(founding: Founding) -> dict[str, object]:
    return {
        "approval": founding.approval,
        "review_every": founding.review_every,
        "tiers": list(founding.tiers),
        **{span: float(getattr(founding, span)) for span in _SPANS},
    }


def _step(step: Step | GroupStep | ManagerStep) -> dict[str, object]:
    return {
        name: float(value) if isinstance(value, float) else value
        for name in step.__struct_fields__
        for value in (getattr(step, name),)
    }


def _quota(own: int | None, base: int) -> int:
    return base if own is None else own
