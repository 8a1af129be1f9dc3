"""The root of every error that a user can mend: its message says what is wrong and what to do."""


class UserError(Exception):
    """Something a user can mend. The command line prints the message and exits with code 2."""
