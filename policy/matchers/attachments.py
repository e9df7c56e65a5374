"""Files by kind, told from their addresses, names and media types (XEP-0066, XEP-0446); none is ever fetched."""

import re

from config.settings import Files
from policy.facts import Surface
from policy.matchers.view import Match, Matcher, Matches, View

NAME = "attachments"
_EXTENSIONS = {
    "image": "avif bmp gif heic heif ico jpeg jpg png svg svgz tif tiff webp",
    "audio": "aac amr flac m4a mid mp3 oga ogg opus wav weba wma",
    "video": "3gp avi flv m4v mkv mov mp4 mpeg mpg ogv ts webm wmv",
    "document": "csv doc docm docx epub htm html md odp ods odt pdf ppt pptm pptx rtf tex txt xls xlsm xlsx",
    "archive": "7z bz2 cab gz iso jar lzh rar tar tgz xz zip zst",
    "program": "apk app appimage bat bin cmd com cpl deb dll dmg exe hta ipa jse js lnk msi msix pif pkg ps1 reg rpm "
    "run scr sh vbe vbs wsf xpi",
}
_KIND_OF = {extension: kind for kind, listed in _EXTENSIONS.items() for extension in listed.split()}
_NAMED = re.compile(r"\.([a-z0-9]{1,8})(?![\w.-]|://)", re.IGNORECASE)
_TYPED = re.compile(r"(image|audio|video)/[a-z0-9]", re.IGNORECASE)
_HOST = re.compile(r"[a-z][a-z0-9+.-]{0,30}://[^/?#\s]*", re.IGNORECASE)
_CARRIERS = frozenset((Surface.LINK, Surface.FILE, Surface.OTHER))


def make(kinds: tuple[Files, ...]) -> Matcher:
    """A file of one of these kinds; one that shows no kind at all is `other`."""
    wanted = frozenset[str](kinds)

    def match(view: View) -> Matches | None:
        if not view.facts.has_file:
            return None
        files = {text: _kinds(text.value) for text, _ in view.texts if text.surface in _CARRIERS}
        if not any(files.values()):
            return (Match(NAME),) if "other" in wanted else None
        found = tuple(
            Match(NAME, text, start, end) for text, told in files.items() for kind, start, end in told if kind in wanted
        )
        return found or None

    return match


def _kinds(text: str) -> list[tuple[str, int, int]]:
    """All that a text tells of files. The host of an address tells nothing: `.com` is no program there."""
    host = _HOST.match(text)
    begin = host.end() if host else 0
    named = [
        (_KIND_OF.get(found[1].lower(), "other"), found.start(), found.end()) for found in _NAMED.finditer(text, begin)
    ]
    return named + [(found[1].lower(), found.start(), found.end()) for found in _TYPED.finditer(text, begin)]
