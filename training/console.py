"""How the commands of training end: a user's mistake is one line and exit status 1."""

import sys

import click

from coder.errors import CoderError


def run(group: click.Group) -> None:
    """Run a group of commands."""
    try:
        group(standalone_mode=True)
    except CoderError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
