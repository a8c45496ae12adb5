"""A made-up paper for the tour, drawn when it is needed: a photo of a library card that nobody has."""

from __future__ import annotations

import struct

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QLinearGradient, QPainter, QRadialGradient

SIZE = (1600, 1200)
SAID = {
    "en": ("Riverside Library", "Library card", "Ana", "Number 0000 1234", "Good until May 2028"),
    "es": ("Biblioteca del Río", "Credencial de biblioteca", "Ana", "Número 0000 1234", "Vale hasta mayo de 2028"),
}


def made_up_photo(language: str = "en") -> bytes:
    """A JPEG as a phone makes it, with a place and a time in it that lead nowhere."""
    picture = _drawn(*SAID.get(language, SAID["en"]))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(picture)
    plain = bytes(held.data())
    # The middle of the sea, at an hour long ago.
    place = struct.pack(">HHIHHI", 0x0132, 2, 20, 0, 26, 0) + b"1999:01:01 00:00:00\x00"
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + place
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]


def _drawn(name: str, kind: str, who: str, number: str, until: str) -> QImage:
    picture = QImage(*SIZE, QImage.Format.Format_RGB32)
    brush = QPainter(picture)
    brush.setRenderHint(QPainter.RenderHint.Antialiasing)
    table = QLinearGradient(0, 0, *SIZE)
    table.setColorAt(0, QColor("#8a6a4c"))
    table.setColorAt(1, QColor("#6b4f38"))
    brush.fillRect(QRectF(0, 0, *SIZE), table)
    brush.setPen(QColor(60, 40, 26, 60))
    for line in range(0, SIZE[1], 46):
        brush.drawLine(0, line, SIZE[0], line + 18)
    brush.translate(SIZE[0] / 2, SIZE[1] / 2)
    brush.rotate(-3)
    card = QRectF(-620, -390, 1240, 780)
    brush.setPen(Qt.PenStyle.NoPen)
    for spread in range(24, 0, -4):
        brush.setBrush(QColor(0, 0, 0, 16))
        brush.drawRoundedRect(card.adjusted(-spread / 2, 0, spread, spread * 1.6), 50, 50)
    brush.setBrush(QColor("#f6f1e6"))
    brush.drawRoundedRect(card, 44, 44)
    brush.setBrush(QColor("#2f6f5e"))
    brush.drawRoundedRect(QRectF(card.left(), card.top(), card.width(), 190), 44, 44)
    brush.drawRect(QRectF(card.left(), card.top() + 100, card.width(), 90))
    _write(brush, name, QRectF(-560, -372, 1120, 150), 78, "#ffffff", bold=True)
    _write(brush, kind, QRectF(-560, -150, 800, 90), 52, "#55605c")
    _write(brush, who, QRectF(-560, -40, 800, 140), 104, "#20302b", bold=True)
    _write(brush, number, QRectF(-560, 130, 800, 90), 54, "#20302b")
    _write(brush, until, QRectF(-560, 220, 900, 90), 46, "#55605c")
    brush.setBrush(QColor("#d8cfbb"))
    brush.drawRoundedRect(QRectF(290, -140, 270, 330), 18, 18)
    brush.setBrush(QColor("#a8b8a8"))
    brush.drawEllipse(QRectF(365, -90, 120, 120))
    brush.drawPie(QRectF(325, 60, 200, 250), 0, 180 * 16)
    light = QRadialGradient(-300, -300, 1300)
    light.setColorAt(0, QColor(255, 255, 240, 50))
    light.setColorAt(1, QColor(0, 0, 0, 60))
    brush.fillRect(QRectF(-1100, -900, 2200, 1800), light)
    brush.end()
    return picture


def _write(brush: QPainter, text: str, where: QRectF, size: int, colour: str, *, bold: bool = False) -> None:
    font = QFont("Source Sans Pro")
    font.setPixelSize(size)
    font.setBold(bold)
    brush.setFont(font)
    brush.setPen(QColor(colour))
    brush.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    brush.setPen(Qt.PenStyle.NoPen)
