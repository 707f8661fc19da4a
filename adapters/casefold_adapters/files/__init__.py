"""Keep a case in a folder: its event log as JSON lines, its blobs by digest.

=========  ==================================================================
`log`      `FileLog`: one file a case, appended, flushed to disk, hash-chained.
`blobs`    `FileBlobs`: content by digest, written once, checked when read.
`lines`    `FileLines`: lines in a file, appended by one process at a time.
`atomic`   Write a file whole or not at all.
=========  ==================================================================
"""
