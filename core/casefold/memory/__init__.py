"""Pages that people reviewed, and finding those that are like a new one.

===========  ======================================================================
`sketches`   A page's text as a fixed number of bits that are alike where texts are.
`recalling`  What like pages say of a page: an opinion of bounded worth, or nothing.
===========  ======================================================================

Only what a person said is remembered, for one tenant and one version of a taxonomy.
"""
