"""``report.html``: a decided case for a loan officer, in one file that asks nothing of any network.

==========  =================================================================================
`write`     `write_report`: stream the report, document by document. Start here.
`rows`      What the report says of a case, as values ready to be shown.
`fields`    What it says of the fields of a document.
`decision`  What it says of the decision, if the case was given a policy.
`words`     How it is said: page runs, confidence in words, text that nobody vouches for.
`sizes`     `image_side`: how large to draw the pages.
==========  =================================================================================

The looks are in ``templates``. The report works without its script; style and script are inline and named by digest in
the content security policy.
"""

from casefold_shells.report.sizes import image_side
from casefold_shells.report.write import PageImage, Writer, write_report

__all__ = ["PageImage", "Writer", "image_side", "write_report"]
