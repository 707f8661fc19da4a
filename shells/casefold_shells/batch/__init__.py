"""Many packages, each to the end of its case, by many processes or machines.

===========  ================================================================
`orders`     What a worker is told: once for all packages, and for each.
`inputs`     The packages of a folder, or of a prefix in a bucket.
`outputs`    Where cases and the manifest go.
`working`    What a worker does with one package.
`worker`     A worker process.
`engines`    Who does the work: processes here, or Ray (`over_ray`).
`running`    The loop: what is due is begun, what ended is recorded.
`telling`    ``summary.json`` and its like.
`wording`    Faults in words.
===========  ================================================================
"""
