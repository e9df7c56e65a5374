"""Pure decisions: facts in, verdicts out. No I/O, no clock, no chance."""
