"""Where something stands in a text: its first character, and the one after its last."""

Span = tuple[int, int]
