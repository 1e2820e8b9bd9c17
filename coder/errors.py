"""What a user can get wrong. Every message says what, where and what to do, in one line."""

LONGEST = 1500
"""Characters of the longest message; of a longer one the middle is left out."""


def one_line(message: object) -> str:
    """A message that is safe to print: one line, without control characters, not too long."""
    text = str(message)
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 3 :]}"
    if text.isprintable():
        return text
    shown = (c if c.isprintable() else " " if c.isspace() else ascii(c)[1:-1] for c in text)
    return "".join(shown)


class CoderError(Exception):
    """Base of all errors that the command line shows as one line, without a traceback."""

    def __init__(self, message: object) -> None:
        super().__init__(one_line(message))


class InputError(CoderError):
    """A file, row or option value that cannot be used."""


class UnreachableError(CoderError):
    """A place on the network that cannot be read now; to try again may help."""


class OntologyError(CoderError):
    """A code that CAMEO or PLOVER does not have."""


class ModelError(CoderError):
    """A model folder that is missing, damaged, untrusted or made by other versions."""
