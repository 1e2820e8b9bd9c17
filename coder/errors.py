"""What a user can get wrong. Every message says what, where and what to do, in one line."""


class CoderError(Exception):
    """Base of all errors that the command line shows as one line, without a traceback."""


class InputError(CoderError):
    """A file, row or option value that cannot be used."""


class OntologyError(CoderError):
    """A code that CAMEO or PLOVER does not have."""


class ModelError(CoderError):
    """A model folder that is missing, damaged, untrusted or made by other versions."""
