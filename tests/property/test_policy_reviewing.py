"""What always holds of the time to the next review."""

from hypothesis import given
from hypothesis import strategies as st

from config.settings import Activity, Category, Scale, Seconds, Settings
from policy.facts import Room
from policy.reviewing import axes, is_on, period_of
from tests.unit.policy.making import ROOM, settings

periods = st.none() | st.integers(min_value=1, max_value=10**9).map(Seconds)
names = st.sampled_from((None, "a", "b", "gone"))
rooms = st.builds(Room, jid=st.just(ROOM), code=st.just(""), category=names, scale=names, activity=names)


@st.composite
def graded(draw: st.DrawFn) -> Settings:
    """Two grades on each axis, some of which ask for reviews."""
    return settings(
        categories={name: Category(review_every=draw(periods)) for name in "ab"},
        scales={"a": Scale(members=1, review_every=draw(periods)), "b": Scale(members=2, review_every=draw(periods))},
        activity={
            "a": Activity(review_every=draw(periods)),
            "b": Activity(messages=1, review_every=draw(periods)),
        },
    )


@given(rooms, graded())
def test_a_review_is_due_as_soon_as_any_axis_asks_for_it_and_no_sooner(room: Room, by: Settings) -> None:
    asked = []
    for axis in axes(by):
        grade = getattr(room, axis.column)
        asked.append(axis.periods.get(grade, axis.default_period) if grade else axis.default_period)
    wanted = [period for period in asked if period is not None]
    assert period_of(room, by) == (min(wanted) if wanted else None)


@given(rooms, graded())
def test_where_nothing_asks_for_reviews_none_is_due(room: Room, by: Settings) -> None:
    assert is_on(by) or period_of(room, by) is None
