"""Read, picture and cut PDF files that nobody vouches for.

Every byte of a file is parsed in a child process with bounds on time, memory and output; see `reader.PdfReader`.

=============  ==========================================================================
`reader`       `PdfReader`: inspect, read, render, split. Start here.
`values`       What it hands back: facts, page images, finished parts; `layer_digest`.
`refusals`     Why a file was refused, as one closed union.
`limits`       `PdfLimits`: every bound, named.
`digests`      What a split compares a page's words by.
`recovery`     The loop that loses one page when the child dies, and no more.
`process`      One child: start, frames, end.
`patience`     When a child has had its time.
`frames`       The bytes between parent and child; `decode` reads them.
`worker`       What runs in the child. Nothing in the parent imports it.
=============  ==========================================================================

This file imports nothing on purpose: the child passes through it, and starts three times as fast without our own
libraries.
"""
