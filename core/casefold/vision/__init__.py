"""Ask a language model about the pages that stayed in review: what is asked, what it may cost, what an answer says.

==========  =========================================================================
`tokens`    What pictures and texts are in tokens, and what tokens cost.
`tier`      What a case may ask: model, prices, bounds, budget, what an answer is worth.
`planning`  Which pages are worth asking about, grouped into calls.
`prompts`   A call as the request that is sent.
`answers`   What came back, read by a total function.
`budget`    What is spent, what is held back, and what still fits.
==========  =========================================================================

Nothing here asks anybody; `casefold.case` keeps what was asked and answered as events.
"""
