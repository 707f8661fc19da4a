"""Recognise the words in pictures of pages that nobody vouches for.

Pages are drawn by the PDF reader's child and recognised in worker processes with bounds on time and memory; what they
found is kept by content, so that no page is recognised twice.

==============  ==========================================================================
`recogniser`    `Recogniser`: pages of a source in, words out. Start here.
`engines`       Which engines are installed: Tesseract, rapidocr.
`pool`          The workers: as many at once as asked, each replaced when it dies.
`cache`         What was recognised before.
`frames`        The bytes between the program and a worker.
`worker`        What runs in a worker. Nothing in the program imports it.
==============  ==========================================================================

This file imports nothing on purpose: a worker passes through it.
"""
