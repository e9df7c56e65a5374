"""`python -m component` is `roomkeeper`."""

from component.cli import main

main()
