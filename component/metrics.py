"""`/metrics`: the numbers that the parts keep, in the form Prometheus reads.

Labels have bounds: kinds of stanza, names of rules, names of caches. No person, account or room is among them. Loaded
by `component/watch.py` only where somebody listens.
"""

import asyncio
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from aiohttp import web
from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    SummaryMetricFamily,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from component.meter import BOUNDS_S, Times
from component.watch import Watched
from storage.queues import Queue


def make_app(watched: Watched) -> web.Application:
    """An application that answers `GET /metrics`."""
    numbers = Numbers(watched)
    process = ProcessCollector(registry=None)

    async def show(request: web.Request) -> web.Response:
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        taken = CollectorRegistry()
        taken.register(Taken((*numbers.collect(), *process.collect())))
        # Read at once, written out elsewhere: with hundreds of rules that takes longer than an answer may.
        body = await asyncio.to_thread(encode, taken)
        return web.Response(body=body, headers={"Content-Type": kind})

    app = web.Application()
    app.router.add_get("/metrics", show)
    return app


class Taken(Collector):
    """Numbers as they were at one moment."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        """Of which nobody changes any."""
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        """All of them."""
        return self._metrics


class Numbers(Collector):
    """Reads every number when asked."""

    def __init__(self, watched: Watched) -> None:
        """Of a component that runs."""
        self._world = watched.world
        self._stream = watched.stream
        self._tasks = watched.tasks
        self._journal = watched.journal

    def collect(self) -> Iterator[Metric]:
        """Every number as it is now."""
        yield from self._checks()
        yield from self._queues()
        yield from self._rules()
        yield from self._memory()
        yield from self._storage()
        yield from self._connection()

    def _checks(self) -> Iterator[Metric]:
        meter = self._world.meter
        checks = CounterMetricFamily(
            "roomkeeper_checks", "Stanzas judged, by kind and what became of them.", labels=("kind", "outcome")
        )
        for kind, outcomes in meter.outcomes.items():
            for outcome in ("allowed", "denied", "failed"):
                checks.add_metric((kind.value, outcome), getattr(outcomes, outcome))
        yield checks
        yield CounterMetricFamily("roomkeeper_checks_malformed", "Checks that were none.", meter.malformed)
        answers = HistogramMetricFamily(
            "roomkeeper_answer_seconds",
            "From check to answer: from memory alone, or with a look into storage.",
            labels=("way",),
        )
        _add(answers, "memory", meter.from_memory)
        _add(answers, "storage", meter.with_storage)
        yield answers
        yield GaugeMetricFamily(
            "roomkeeper_tasks", "Pieces of work under way, checks that wait included.", len(self._tasks)
        )
        yield GaugeMetricFamily(
            "roomkeeper_tasks_limit", "limits.waiting_checks.", self._world.settings.limits.waiting_checks
        )

    def _queues(self) -> Iterator[Metric]:
        """As last counted: a scrape reads no database."""
        meter = self._world.meter
        reviews = GaugeMetricFamily(
            "roomkeeper_group_reviews", "Groups due for a review, as last counted.", labels=("state",)
        )
        reviews.add_metric(("waiting",), meter.reviews_waiting)
        reviews.add_metric(("overdue",), meter.reviews_overdue)
        yield reviews

    def _rules(self) -> Iterator[Metric]:
        counts = self._world.meter.rules.since_start()
        for name, meaning, field in (
            ("hits", "Stanzas that a live rule was met by.", "hits"),
            ("refused", "Stanzas refused, for this rule among others.", "refused"),
            ("shadow_hits", "Stanzas that a shadow was met by.", "shadow_hits"),
            ("faults", "Times a rule failed instead of answering.", "faults"),
        ):
            family = CounterMetricFamily(f"roomkeeper_rule_{name}", meaning, labels=("rule",))
            for rule, count in counts.items():
                family.add_metric((rule,), getattr(count, field))
            yield family
        costs = SummaryMetricFamily(
            "roomkeeper_rule_cost_seconds", "What asking a rule costs, measured on samples.", labels=("rule",)
        )
        for rule, count in counts.items():
            if count.samples:
                costs.add_metric((rule,), count.samples, count.cost_s)
        yield costs

    def _memory(self) -> Iterator[Metric]:
        memory = self._world.memory
        entries = GaugeMetricFamily("roomkeeper_cache_entries", "Entries kept in memory.", labels=("cache",))
        limits = GaugeMetricFamily("roomkeeper_cache_limit", "Entries kept at most.", labels=("cache",))
        hits = CounterMetricFamily("roomkeeper_cache_hits", "Look-ups that found something.", labels=("cache",))
        misses = CounterMetricFamily("roomkeeper_cache_misses", "Look-ups that found nothing.", labels=("cache",))
        for name, cache in memory.caches().items():
            entries.add_metric((name,), len(cache))
            limits.add_metric((name,), cache.bound)
            hits.add_metric((name,), cache.hits)
            misses.add_metric((name,), cache.misses)
        yield from (entries, limits, hits, misses)
        rooms, sessions, accounts = memory.occupancy.count()
        yield GaugeMetricFamily("roomkeeper_occupied_rooms", "Rooms with somebody in them.", rooms)
        yield GaugeMetricFamily("roomkeeper_occupants", "Sessions in rooms.", sessions)
        yield GaugeMetricFamily("roomkeeper_present_accounts", "Accounts in rooms.", accounts)
        yield from self._waiting()
        yield GaugeMetricFamily("roomkeeper_lockdowns", "Lockdowns in force.", len(memory.lockdowns))

    def _waiting(self) -> Iterator[Metric]:
        lengths, now = self._world.meter.queues, self._world.now()
        entries = GaugeMetricFamily("roomkeeper_queue_entries", "What waits for staff.", labels=("queue",))
        late = GaugeMetricFamily("roomkeeper_queue_overdue", "Of it, what waits too long.", labels=("queue",))
        ages = GaugeMetricFamily("roomkeeper_queue_oldest_seconds", "How long the oldest waits.", labels=("queue",))
        for queue in Queue:
            length = lengths.get(queue)
            entries.add_metric((queue.value,), 0 if length is None else length.count)
            late.add_metric((queue.value,), 0 if length is None else length.overdue)
            ages.add_metric((queue.value,), 0 if length is None else max(0.0, now - length.oldest))
        yield from (entries, late, ages)

    def _storage(self) -> Iterator[Metric]:
        traffic = self._world.store.traffic
        yield CounterMetricFamily("roomkeeper_storage_writes", "Writes that are on disk.", traffic.writes)
        yield SummaryMetricFamily(
            "roomkeeper_storage_commit_seconds",
            "Commits, and how long they took; writes share them.",
            count_value=traffic.commits,
            sum_value=traffic.commit_s,
        )
        yield CounterMetricFamily("roomkeeper_storage_failures", "Commits that failed.", traffic.failures)
        yield GaugeMetricFamily("roomkeeper_journal_entries", "Denials that wait to be audited.", len(self._journal))
        yield CounterMetricFamily("roomkeeper_journal_lost", "Denials that will never be.", self._journal.lost)

    def _connection(self) -> Iterator[Metric]:
        meter = self._world.meter
        is_up = self._stream.is_connected()
        yield GaugeMetricFamily("roomkeeper_stream_up", "1 while connected to the server.", is_up)
        yield GaugeMetricFamily(
            "roomkeeper_ready", "1 while connected and in step with the server.", is_up and meter.is_in_step
        )
        yield CounterMetricFamily("roomkeeper_stream_losses", "Times the connection was lost.", self._stream.losses)
        reloads = CounterMetricFamily("roomkeeper_reloads", "Times the settings were read anew.", labels=("result",))
        reloads.add_metric(("done",), meter.reloads)
        reloads.add_metric(("refused",), meter.refused_reloads)
        yield reloads
        yield InfoMetricFamily("roomkeeper", "The program.", {"version": version("roomkeeper")})


def _add(family: HistogramMetricFamily, way: str, times: Times) -> None:
    """Prometheus' buckets hold all that is below them, too."""
    total = 0
    buckets = []
    for bound, count in zip((*map(str, BOUNDS_S), "+Inf"), times.counts, strict=True):
        total += count
        buckets.append((bound, float(total)))
    family.add_metric((way,), buckets, times.total_s)
