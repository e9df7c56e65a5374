"""What can go wrong in storage. Nothing else leaves it: no exception of SQL, of a driver or of cryptography.

StorageError
├── Unavailable   the database is locked, full, gone or damaged; nothing was written, it may work later
├── NotFound      what was named does not exist
├── Refused       what was asked can never be done as asked
│   └── Absent    there is no database yet, and only reading was asked for
├── BadKeys       the vault's keys are missing, malformed, readable by others, or not those of this database
└── Tampered      a sealed record does not open with its key
"""


class StorageError(Exception):
    """Anything below."""


class Unavailable(StorageError):
    """The database is out of reach; nothing was written."""


class NotFound(StorageError):
    """What was named does not exist."""


class Refused(StorageError):
    """This can never be done as asked."""


class Absent(Refused):
    """There is no database yet."""

    def __init__(
        self, reason: str = "there is no database yet: the first `roomkeeper run` makes it; until then nothing is kept"
    ) -> None:
        super().__init__(reason)


class BadKeys(StorageError):
    """The vault's keys cannot be used."""


class Tampered(StorageError):
    """A sealed record is not what was sealed."""
