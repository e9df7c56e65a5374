"""What can go wrong in storage. Nothing else leaves it: no exception of SQL, of a driver or of cryptography.

StorageError
├── Unavailable   the database is locked, full, gone or damaged; nothing was written, it may work later
├── NotFound      what was named does not exist
├── Refused       what was asked can never be done as asked
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


class BadKeys(StorageError):
    """The vault's keys cannot be used."""


class Tampered(StorageError):
    """A sealed record is not what was sealed."""
