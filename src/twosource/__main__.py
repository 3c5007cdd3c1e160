"""`python -m twosource` is the command line."""

from twosource.cli import main

main()
