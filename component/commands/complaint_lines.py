"""What moderators and managers see of complaints: on what grounds, in which words; never by whom."""

from component.dialogue import Call
from storage.reports import Heard


def complaint_lines(call: Call, heard: Heard) -> list[str]:
    """One line for each that is shown, and how many more there are."""
    lines = [call.say("complaint-line", name=each.grounds.value, words=each.words or None) for each in heard.complaints]
    more = heard.count - len(heard.complaints)
    return [*lines, *([call.say("and-more", count=more)] if more else [])]
