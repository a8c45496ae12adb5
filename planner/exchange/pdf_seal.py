"""What a PDF says about itself, and sealing it with a passphrase."""

from __future__ import annotations

import io
import re
import secrets
import unicodedata
from xml.sax.saxutils import escape

import pikepdf

from planner.errors import MachineTrouble
from planner.words import _

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"{namespace}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_UA_NAMESPACE = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
_UA_CLAIM = "\n<pdfuaid:part>1</pdfuaid:part>"


class EmptyPassphrase(MachineTrouble):
    """A PDF was to be sealed with nothing."""

    def __init__(self) -> None:
        super().__init__(_("This PDF has no passphrase yet."), _("Type one, and it can be saved."))


def neutral(pdf: bytes, title: str, accessible: bool) -> bytes:
    """The same pages, saying nothing of who made them, with what, and when.

    PDF/UA-1 (ISO 14289-1, 7.1) asks for a title in the metadata, so ``title`` stays; ``accessible`` keeps the claim of
    PDF/UA. The two identifiers of the file are drawn anew, so that two papers cannot be told to have one source.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        document.docinfo["/Title"] = title
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        marks = document.Root.get("/MarkInfo")
        if marks is not None and "/Suspects" in marks:
            del marks["/Suspects"]  # false is what its absence means, and some readers complain of it
        xmp = _XMP.format(
            namespace=_UA_NAMESPACE if accessible else "",
            title=escape(title),
            claim=_UA_CLAIM if accessible else "",
        )
        document.Root.Metadata = pikepdf.Stream(
            document, xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        return _saved(document, None)


def encrypt_pdf(pdf: bytes, passphrase: str) -> bytes:
    """The same PDF under a passphrase: AES-256 (ISO 32000-2, revision 6), its metadata sealed too, its tags kept.

    Screen readers may read it, and whoever has the passphrase may do anything with it. The passphrase is normalised
    (NFKC), as PDF viewers do with what is typed.

    Raises:
        EmptyPassphrase: nothing, or only spaces.
    """
    secret = unicodedata.normalize("NFKC", passphrase)
    if not secret.strip():
        raise EmptyPassphrase
    allowed = pikepdf.Permissions(accessibility=True)
    seal = pikepdf.Encryption(user=secret, owner=secret, R=6, aes=True, metadata=True, allow=allowed)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return _saved(document, seal)


def _saved(document: pikepdf.Pdf, seal: pikepdf.Encryption | None) -> bytes:
    out = io.BytesIO()
    # Tags are many small objects: packed together they take a quarter of the room.
    packed = pikepdf.ObjectStreamMode.generate
    document.save(out, encryption=seal or False, object_stream_mode=packed, fix_metadata_version=False)
    return with_fresh_identifiers(out.getvalue())


_MARKS = re.compile(rb"/ID \[<([0-9a-f]+)><([0-9a-f]+)>\]")


def with_fresh_identifiers(pdf: bytes) -> bytes:
    """A PDF just written by pikepdf, with random identifiers.

    The libraries make theirs from the words and from the hour. These are as long as the old ones, so nothing moves,
    and revision 6 of the encryption does not build on them.
    """
    *_rest, found = _MARKS.finditer(pdf)
    first, second = (secrets.token_hex(len(found[group]) // 2) for group in (1, 2))
    fresh = f"/ID [<{first}><{second}>]".encode()
    return pdf[: found.start()] + fresh + pdf[found.end() :]
