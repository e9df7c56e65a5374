"""Identity documents as people write them, and the one form in which they are compared."""

import json
import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who somebody is, by a document. Never shown by `repr`: it must not reach a log."""

    document_type: str
    document_number: str = field(repr=False)
    name: str = field(repr=False)

    @property
    def document(self) -> str:
        """Type and number in the form that is compared."""
        return json.dumps([self.compared_type, self.compared_number])

    @property
    def compared_number(self) -> str:
        """The document's number in the form that is compared: capitals and digits, nothing between them."""
        return _number(self.document_number)

    @property
    def compared_type(self) -> str:
        """The document's type in the form that is compared."""
        return compared_type(self.document_type)

    @property
    def is_complete(self) -> bool:
        """Whether every field still says something in the form that is compared."""
        return all((self.compared_type, self.compared_number, self.compared_name))

    @property
    def compared_name(self) -> str:
        """The name in the form that is compared."""
        return compared_name(self.name)


def compared_name(name: str) -> str:
    """A name in the form that is compared."""
    return _plain(name)


def compared_type(document_type: str) -> str:
    """A type of document in the form that is compared."""
    return _plain(document_type)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def _number(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in wide if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf"})
