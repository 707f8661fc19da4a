"""Ask language models behind any endpoint that speaks OpenAI's protocol: at once, or in batches.

==========  ===========================================================================
`endpoint`  `Endpoint`: one request, sent again where that may help, bounded in all.
`batches`   Hand requests in, and fetch what came of them later.
`cache`     Answers by what was asked: what was paid for once is not asked again.
`prices`    What tokens cost and pictures are, as a table with dates and sources.
==========  ===========================================================================

No failure tells what a page says, nor what a server wrote about it.
"""

from casefold_adapters.llm.batches import BatchState, collect, submit
from casefold_adapters.llm.cache import AnswerCache
from casefold_adapters.llm.endpoint import Answered, Endpoint, Patience, Unanswered

__all__ = [
    "AnswerCache",
    "Answered",
    "BatchState",
    "Endpoint",
    "Patience",
    "Unanswered",
    "collect",
    "submit",
]
