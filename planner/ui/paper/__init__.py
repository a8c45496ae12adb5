"""Pages on the screen, on a printer, and in a file: from a PDF in memory, by way of pdfium."""
