"""What runs in the child.

===========  ====================================================================
`main`       Answer one request.
`confined`   The child's pipes and bounds.
`opening`    pdfium, then pikepdf's repair, then pdfium again.
`reading`    Facts and pages of words.
`words`      A text page to words and boxes, fast.
`places`     From a page's coordinates to those of the page as displayed.
`coverage`   How much of a page its images cover.
`rendering`  Pages as pictures.
`splitting`  Parts of a source as files, verified.
`structure`  Form values and bookmarks, with pypdf.
`images`     Pictures, each frame a page.
`signatures` What files are by how they begin.
`native`     pdfium as typed functions.
`refusal`    How any of them gives up.
===========  ====================================================================

Nothing here imports the core or attrs: a child starts for every request, and they would double its start.
"""
