"""Where in the bytes of some XML does each element stand? So that the rest stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from tracker.stores.xlsx_unfit import Unfit

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Both kinds of workbook, transitional and strict, have the same elements."""
DEPTH_MAX = 100
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}
_XML_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")

Edit = tuple[int, int, bytes]
"""Bytes from the first place up to the second, and what is to stand there instead."""


@dataclass(slots=True)
class Node:
    """An element and where it stands.

    Attributes:
        name: its name as written, prefix included.
        start, end: its first byte, and the one after its last.
        opened, closed: the bytes between its two tags; both `end` for a tag that closes itself.
        text: what stands right in it, references resolved.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int = 0
    opened: int = 0
    closed: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon; empty without one."""
        return "".join(self.name.rpartition(":")[:2])

    @property
    def empty_tag(self) -> bool:
        """Whether it is one tag that closes itself."""
        return self.opened == self.end

    def all(self, local: str) -> list[Node]:
        """The children of that name."""
        return [child for child in self.children if child.local == local]

    def one(self, local: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.local == local), None)

    def said(self, name: str) -> str:
        """Give an attribute that must be there. Raises Unfit `xml`."""
        if name not in self.attributes:
            raise Unfit("xml")
        return self.attributes[name]

    def number(self, name: str, default: int | None = None) -> int:
        """Give an attribute that is a whole number, at least 0. Raises Unfit `xml`."""
        said = self.attributes.get(name)
        if said is None and default is not None:
            return default
        if said is None or not (said.isascii() and said.isdigit()):
            raise Unfit("xml")
        return int(said)

    def walk(self) -> Iterator[Node]:
        """It and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(data: bytes, *, fragment: bool = False) -> Node:
    """Read XML into nodes that know their places.

    A `fragment` has no declaration of its own: several elements in a row, given under one node.
    Raises Unfit `xml` for what is not well formed or has a DTD.
    """
    before = b"<fragment>" if fragment else b""
    parser = expat.ParserCreate("utf-8" if fragment else None)
    root = Node("", {}, -len(before))
    above = [root]

    def begin(name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes, parser.CurrentByteIndex - len(before))
        above[-1].children.append(node)
        above.append(node)
        if len(above) > DEPTH_MAX:
            raise Unfit("xml")

    def finish(_name: str) -> None:
        node = above.pop()
        node.closed = parser.CurrentByteIndex - len(before)

    def text(data: str) -> None:
        above[-1].text += data

    def refuse(*_: object) -> None:
        raise Unfit("xml")

    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    _parse(parser, before + data + (b"</fragment>" if fragment else b""))
    top = root.children[0]
    for node in top.children if fragment else (top,):
        _find_ends(data, node)
    return top


def _parse(parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unfit("xml") from error


def _find_ends(data: bytes, node: Node) -> None:
    for one in node.walk():
        tag = _TAG.match(data, one.start)
        if tag is None:
            raise Unfit("xml")
        one.opened = tag.end()
        if data[tag.end() - 2 : tag.end()] == b"/>":
            one.end = one.closed = one.opened
        else:
            one.end = data.index(b">", one.closed) + 1


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Make edits that do not overlap; those at one place land in the order given."""
    pieces: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            raise Unfit("xml")
        pieces += [data[at:start], new]
        at = end
    return b"".join([*pieces, data[at:]])


def with_attributes(tag: bytes, **values: str | None) -> bytes:
    """Set attributes of a tag, or take them away (None); the others keep their bytes."""
    for name, value in values.items():
        found = _attribute(tag, name)
        if found:
            tag = tag[: found.start()] + tag[found.end() :]
        if value is not None:
            cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:cut].rstrip() + f' {name}="{escaped(value)}"'.encode() + tag[cut:]
    return tag


def attribute(tag: bytes, name: str) -> bytes | None:
    """Give an attribute of a tag, or of all that stands behind its name, as it is written."""
    found = _attribute(tag, name)
    return found[2][1:-1] if found else None


def _attribute(tag: bytes, name: str) -> re.Match[bytes] | None:
    # One after the other, so that what only looks like one inside a value is passed over.
    wanted = name.encode()
    return next((one for one in _ATTRIBUTE.finditer(tag) if one[1] == wanted), None)


def escaped(text: str) -> str:
    """Write text so that it may stand in an element or between double quotes."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def main_prefix(data: bytes, root: str) -> bytes:
    """Tell the prefix (with its colon) of a part's own elements; `root` is its first one's name.

    Raises Unfit `encoding` for other than UTF-8, and `xml` where the elements of a workbook have
    two names or none.
    """
    said = _XML_ENCODING.match(data[:200])
    if said and said[1].decode("ascii", "replace").casefold() not in _ENCODINGS:
        raise Unfit("encoding")
    found = re.search(rb"<(?:([A-Za-z_][\w.-]*):)?%s(?=[\s/>])" % root.encode(), data)
    tag = found and _TAG.match(data, found.start())
    if not (found and tag) or b"<!" in data[: tag.end()]:
        raise Unfit("xml")
    names = re.findall(rb"""xmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""", tag[0])
    main = [name for name, uri in names if uri.decode("utf-8", "replace") in MAIN]
    if main != [found[1] or b""]:
        raise Unfit("xml")
    return main[0] + b":" if main[0] else b""
