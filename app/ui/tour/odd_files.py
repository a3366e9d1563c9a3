"""Two files that cannot simply be added, to show what is said then: one damaged, one locked."""

import hashlib
from pathlib import Path

PASSWORD = "sample"
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_IDENTITY = bytes(range(16))
_PERMISSIONS = -4


def write_odd_files(folder: Path) -> tuple[Path, Path]:
    """Write the damaged and the locked file into a folder; return their paths."""
    damaged, locked = folder / "Brandvold 2010.pdf", folder / "Castellan 2013.pdf"
    damaged.write_bytes(b"%PDF-1.4\n" + hashlib.sha256(b"broken off").digest() * 40)
    locked.write_bytes(locked_pdf(PASSWORD))
    return damaged, locked


def locked_pdf(password: str) -> bytes:
    """Return a page with a sentence that opens with a password only.

    It follows the standard security handler, revision 2 (ISO 32000-1, 7.6.3), which needs no
    more than MD5 and RC4; it keeps no secret from anyone today.
    """
    user = (password.encode("latin-1") + _PADDING)[:32]
    owner = rc4(hashlib.md5(user).digest()[:5], user)
    flags = _PERMISSIONS.to_bytes(4, "little", signed=True)
    key = hashlib.md5(user + owner + flags + _IDENTITY).digest()[:5]
    words = b"BT /F 12 Tf 72 760 Td (Each worker met the group every second week.) Tj ET"
    page = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    content = rc4(page, words)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>"
        % (_PERMISSIONS, owner.hex().encode(), rc4(key, _PADDING).hex().encode()),
    )
    return _assemble(objects)


def _assemble(objects: tuple[bytes, ...]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    identity = _IDENTITY.hex().encode()
    tail = b"trailer\n<</Size %d/Root 1 0 R/Encrypt 6 0 R/ID[<%s><%s>]>>\n" % (
        len(objects) + 1,
        identity,
        identity,
    )
    return made + head + table + tail + b"startxref\n%d\n%%%%EOF\n" % len(made)


def rc4(key: bytes, data: bytes) -> bytes:
    """Return data enciphered, or deciphered, with RC4."""
    box, swap = list(range(256)), 0
    for place in range(256):
        swap = (swap + box[place] + key[place % len(key)]) % 256
        box[place], box[swap] = box[swap], box[place]
    made, first, second = bytearray(), 0, 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + box[first]) % 256
        box[first], box[second] = box[second], box[first]
        made.append(byte ^ box[(box[first] + box[second]) % 256])
    return bytes(made)
