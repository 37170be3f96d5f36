"""How does one part of a zip change while every other keeps its bytes?

Packed bytes of a part that does not change are carried over as they are: nothing is unpacked and
packed again, so that what another program wrote there stays, whatever it means.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import ModuleType

from tracker.stores.xlsx_unfit import Unfit

LEVEL = 1
"""Of zlib and ISA-L alike: a higher one takes twice the time for a tenth of the size."""
FED_BYTES = 2**14
"""Packed bytes a step: at most a thousand times as many come out, which bounds the memory."""

_LOCAL = struct.Struct("<4s2B4HL2L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_POLYNOMIAL = 0xEDB88320
_ZIP64_FIELD = 1
_HAS_DESCRIPTOR, _IS_ENCRYPTED, _IS_UTF8 = 0x8, 0x1, 0x800
_WHOLE_BYTES = 0xFFFFFFFF
RAW_DEFLATE = -15


Piece = bytes | memoryview


def engine() -> ModuleType:
    """Give ISA-L under the names of zlib, three times as fast; zlib itself without its wheel."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib
    return isal_zlib


@dataclass(slots=True)
class Packed:
    """A part ready to be written: its packed pieces, and what the zip's list says of it.

    Attributes:
        pieces: packed bytes, in their order.
        size: how many bytes come out of them.
        crc: the CRC-32 of what comes out.
    """

    pieces: list[Piece] = field(default_factory=list)
    size: int = 0
    crc: int = 0


class Packer:
    """Packs a part piece by piece, so that a large tab is never in memory whole."""

    def __init__(self) -> None:
        """Begin a part."""
        self._packed = Packed()
        self._engine = engine()
        self._deflate = self._engine.compressobj(LEVEL, zlib.DEFLATED, RAW_DEFLATE)

    def write(self, data: bytes) -> None:
        """Add bytes to the part."""
        self._packed.size += len(data)
        self._packed.crc = self._engine.crc32(data, self._packed.crc)
        self._packed.pieces.append(self._deflate.compress(data))

    def finish(self, *, open_ended: bool = False) -> Packed:
        """End the part, or only a piece of it to which another is joined (`open_ended`)."""
        mode = self._engine.Z_SYNC_FLUSH if open_ended else self._engine.Z_FINISH
        self._packed.pieces.append(self._deflate.flush(mode))
        return self._packed


def packed(*pieces: bytes) -> Packed:
    """Pack a small part."""
    packer = Packer()
    for piece in pieces:
        packer.write(piece)
    return packer.finish()


def joined(first: Packed, rest: Packed) -> Packed:
    """Put a piece in front of another that was packed before it, without packing it again."""
    crc = crc_of_both(first.crc, rest.crc, rest.size)
    return Packed(first.pieces + rest.pieces, first.size + rest.size, crc)


def crc_of_both(first: int, second: int, second_size: int) -> int:
    """Tell the CRC-32 of two texts in a row from those of each.

    The first is multiplied by x to the power of the bits that follow, modulo the polynomial of
    CRC-32; bit 31 is x to the power of 0.
    """
    power, square = 1 << 31, 1 << 23
    while second_size:
        if second_size & 1:
            power = _times(square, power)
        square = _times(square, square)
        second_size >>= 1
    return _times(power, first) ^ second


class Archive:
    """A zip in memory, whose parts are read one by one and carried over as they are."""

    def __init__(self, content: bytes) -> None:
        """Open it. Raises Unfit `zip` for one that cannot be carried over part by part."""
        self._content = memoryview(content)
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                self._entries = {one.orig_filename: one for one in archive.infolist()}
                self._count, self._comment = len(archive.infolist()), archive.comment
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise Unfit("zip") from error
        if len(self._entries) != self._count:
            raise Unfit("zip")
        if any(one.flag_bits & _IS_ENCRYPTED for one in self._entries.values()):
            raise Unfit("zip")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Unpack a part whole. Raises Unfit `part_missing`, or `zip` where it is damaged."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part piece by piece. Raises Unfit as `read`."""
        if name not in self._entries:
            raise Unfit("part_missing")
        try:
            yield from unpacked(self._content, self._entries[name])
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise Unfit("zip") from error

    def rewritten(self, changed: Mapping[str, Packed], dropped: Collection[str] = ()) -> bytes:
        """Give the zip with these parts changed or left out, and all others byte for byte."""
        pieces: list[Piece] = []
        listed: list[bytes] = []
        at = 0
        kept = [one for name, one in self._entries.items() if name not in dropped]
        for entry in kept:
            head, data, listing = self._entry(entry, changed.get(entry.orig_filename), at)
            pieces += [head, *data]
            listed.append(listing)
            at += len(head) + sum(map(len, data))
        size = sum(map(len, listed))
        if at + size >= _WHOLE_BYTES:
            raise Unfit("zip")
        count = len(kept)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, size, at, len(self._comment))
        return b"".join([*pieces, *listed, end, self._comment])

    def _entry(
        self, entry: zipfile.ZipInfo, new: Packed | None, at: int
    ) -> tuple[bytes, list[Piece], bytes]:
        """The part's own header, its packed bytes, and its line in the zip's list."""
        if new is None:
            data: list[Piece] = [self._raw(entry)]
            method = entry.compress_type
            size, crc = entry.file_size, entry.CRC
        else:
            data, method, size, crc = new.pieces, zipfile.ZIP_DEFLATED, new.size, new.crc
        flags = entry.flag_bits & ~_HAS_DESCRIPTOR
        name = entry.orig_filename.encode("utf-8" if flags & _IS_UTF8 else "cp437")
        extra = _plain_extra(self._local_extra(entry))
        listed_extra = _plain_extra(entry.extra)
        year, month, day, hour, minute, second = entry.date_time
        common = (
            flags, method, hour << 11 | minute << 5 | second // 2,
            (year - 1980) << 9 | month << 5 | day, crc, sum(map(len, data)), size, len(name),
        )  # fmt: skip
        version = (entry.extract_version, entry.reserved)
        head = _LOCAL.pack(b"PK\3\4", *version, *common, len(extra)) + name + extra
        listing = _CENTRAL.pack(
            b"PK\1\2", entry.create_version, entry.create_system, *version, *common,
            len(listed_extra), len(entry.comment), 0, entry.internal_attr, entry.external_attr, at,
        )  # fmt: skip
        return head, data, listing + name + listed_extra + entry.comment

    def _local_extra(self, entry: zipfile.ZipInfo) -> bytes:
        at, name, extra = _local(self._content, entry)
        return bytes(self._content[at + name : at + name + extra])

    def _raw(self, entry: zipfile.ZipInfo) -> memoryview:
        try:
            return _raw(self._content, entry)
        except zipfile.BadZipFile as error:
            raise Unfit("zip") from error


def unpacked(content: memoryview, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part of a zip piece by piece, never more than it is said to hold.

    Raises zipfile.BadZipFile for a damaged, encrypted or lying one, and NotImplementedError for a
    way of packing that no workbook has.
    """
    crc32 = engine().crc32
    size = crc = 0
    for piece in _inflated(_raw(content, entry), entry.compress_type):
        size += len(piece)
        if size > entry.file_size:
            break
        crc = crc32(piece, crc)
        yield piece
    if (size, crc) != (entry.file_size, entry.CRC) or entry.flag_bits & _IS_ENCRYPTED:
        raise zipfile.BadZipFile(f"{entry.filename} is damaged")


def _inflated(raw: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield bytes(raw)
        return
    if method != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(f"packed in the way {method}")
    library = engine()
    inflate = library.decompressobj(RAW_DEFLATE)
    try:
        for begin in range(0, len(raw), FED_BYTES):
            yield inflate.decompress(raw[begin : begin + FED_BYTES])
    except library.error as error:
        raise zipfile.BadZipFile(str(error)) from error
    if not inflate.eof:
        raise zipfile.BadZipFile("half a part")


def _local(content: memoryview, entry: zipfile.ZipInfo) -> tuple[int, int, int]:
    """Where the part's own header ends its fixed fields, and how long name and extra are."""
    at = entry.header_offset
    fixed = bytes(content[at : at + _LOCAL.size])
    if len(fixed) < _LOCAL.size or not fixed.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile(f"{entry.filename} has no header")
    name, extra = _LOCAL.unpack(fixed)[-2:]
    return at + _LOCAL.size, name, extra


def _raw(content: memoryview, entry: zipfile.ZipInfo) -> memoryview:
    at, name, extra = _local(content, entry)
    raw = content[at + name + extra :][: entry.compress_size]
    if len(raw) != entry.compress_size:
        raise zipfile.BadZipFile(f"{entry.filename} is cut off")
    return raw


def _plain_extra(extra: bytes) -> bytes:
    """Leave out the sizes of large zips, which ours says in the plain fields."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64_FIELD:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept


def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(31, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return product
