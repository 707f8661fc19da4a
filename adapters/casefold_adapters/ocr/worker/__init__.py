"""What runs in a recognising worker.

===========  ==========================================================================
`main`       Load an engine, confine the process, answer one page after the other.
`tesseract`  Tesseract, through tesserocr.
`rapid`      PP-OCR, through rapidocr and onnxruntime.
`closer`     A closer look at a small or photographed paper.
`codes`      Barcodes, through zxing-cpp.
`straight`   How much a page leans, and the way back from a page set straight.
`lines`      Words in the order in which a reader takes them.
===========  ==========================================================================

Nothing here imports the core or attrs: a worker starts fast, and what it says is checked where it is heard.
"""
