"""`python -m coder` is `eventcoder`."""

from coder.cli import main

main()
