"""Keep a case in a folder: its event log as JSON lines, its blobs by digest.

=========  ==================================================================
`log`      `FileLog`: one file a case, appended, flushed to disk, hash-chained.
`blobs`    `FileBlobs`: content by digest, written once, checked when read.
`atomic`   Write a file whole or not at all.
=========  ==================================================================
"""
