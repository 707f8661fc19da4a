"""Laws of spelling and phrases: what stands on the page is found, where it stands, and nothing else is."""

from collections.abc import Sequence

from casefold.kernel.spelling import Squeezed, fold, squeeze
from casefold.pages.phrases import Index, Match, Phrase, find, index
from casefold.pages.search import MakeSearch


def fold_is_idempotent(text: str) -> None:
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)


def fold_ignores_space(text: str, at: int) -> None:
    """A space more does not change what is folded, wherever it stands."""
    assert fold(text[:at] + " " + text[at:]) == fold(text)


def squeeze_folds_each_word(words: Sequence[str]) -> None:
    """A page's letters are those of its words, one after the other, whatever else stands on the page."""
    squeezed = squeeze(words)
    assert squeezed.text == "".join(map(fold, words))
    for at, word in enumerate(words):
        start = squeezed.starts[at]
        assert squeezed.text[start : start + len(fold(word))] == fold(word)
        assert squeezed.begins_word(start)


def letters_know_their_word(words: Sequence[str]) -> None:
    """Any run of letters is traced back to the words that its first and last letter stand in."""
    squeezed = squeeze(words)
    owner = [at for at, word in enumerate(words) for _ in fold(word)]
    for start in range(len(owner)):
        for end in range(start + 1, len(owner) + 1):
            assert squeezed.words_between(start, end) == (owner[start], owner[end - 1])


def search_finds_every_place(make_search: MakeSearch, strings: Sequence[str], text: str) -> None:
    """A search gives every place where one of its strings stands, once, and no other place."""
    hits = list(make_search(strings)(text))
    places = [
        (number, at)
        for number, string in enumerate(strings)
        for at in range(len(text) - len(string) + 1)
        if text.startswith(string, at)
    ]
    assert sorted(hits) == places


def finds_where_it_stands(phrase: str, words: Sequence[str], first: int, last: int) -> None:
    """A phrase that stands in words *first* to *last* is found in just those."""
    squeezed = squeeze(words)
    found = [squeezed.words_between(match.start, match.end) for match in find(index([phrase]), squeezed)]
    assert (first, last) in found, (found, squeezed.text)


def ends(phrase: Phrase, text: str, start: int, *, strict: bool) -> dict[int, int]:
    """Give every end that makes ``text[start:end]`` the phrase, with the fewest slips that it takes: by the book.

    No slip is in a letter that tells. A letter more may not stand between two of them and, if *strict*, not beside one.
    """
    costs = {start: 0}
    for at in range(len(phrase.text) + 1):
        around = phrase.telling[max(0, at - 1) : at + 1]
        if around == "--" if strict else "-" in around:
            for _ in range(phrase.slips):
                costs = _least(costs, {end + 1: cost + 1 for end, cost in costs.items() if end < len(text)})
        if at == len(phrase.text):
            break
        same = {end + 1: cost for end, cost in costs.items() if text[end : end + 1] == phrase.text[at]}
        if phrase.telling[at] == "-":
            lost = {end: cost + 1 for end, cost in costs.items()}
            wrong = {end + 1: cost + 1 for end, cost in costs.items() if end < len(text)}
            same = _least(same, _least(lost, wrong))
        costs = {end: cost for end, cost in same.items() if cost <= phrase.slips}
    return {end: cost for end, cost in costs.items() if cost <= phrase.slips}


def _least(one: dict[int, int], two: dict[int, int]) -> dict[int, int]:
    return {end: min(one.get(end, _MANY), two.get(end, _MANY)) for end in {*one, *two}}


_MANY = 1_000


def bounded(phrase: Phrase, page: Squeezed, start: int, end: int) -> bool:
    """Say whether a phrase may begin at *start* and end at *end*: short ones, and ends that tell, at words' ends."""
    loose = phrase.slips > 0
    return (start in page.starts or (loose and phrase.telling[0] == "-")) and (
        end in page.starts or (loose and phrase.telling[-1] == "-")
    )


def places(phrase: Phrase, page: Squeezed) -> set[tuple[int, int]]:
    """Find everywhere that a phrase stands, by trying each beginning and end."""
    return {
        (start, end)
        for start in range(len(page.text))
        for end in ends(phrase, page.text, start, strict=False)
        if end > start and bounded(phrase, page, start, end)
    }


def finds_nothing_else(phrases: Index, page: Squeezed) -> None:
    """Whatever is found stands there, with no more slips than its phrase may hold."""
    for match in find(phrases, page):
        assert (match.start, match.end) in places(phrases.phrases[match.phrase], page), match


def best_places(phrase: Phrase, page: Squeezed) -> set[tuple[int, int]]:
    """Give the places of `places` that need the fewest slips of all that begin there, and of all that end there.

    Where an end of the phrase tells, it must be the only place with so few: which of two equals is tried is not said.
    Nor are two slips in letters that repeat beside a word that tells always seen through; one is.
    """
    costs = {
        (start, end): cost
        for start in range(len(page.text))
        for end, cost in ends(phrase, page.text, start, strict=True).items()
        if end > start
    }
    from_start, to_end = dict[int, list[int]](), dict[int, list[int]]()
    for (start, end), cost in costs.items():
        from_start.setdefault(start, []).append(cost)
        to_end.setdefault(end, []).append(cost)

    def fewest(cost: int, others: list[int], telling: str) -> bool:
        return cost == min(others) and (telling == "-" or others.count(cost) == 1)

    return {
        (start, end)
        for (start, end), cost in costs.items()
        if (cost <= 1 or "x" not in phrase.telling)
        and fewest(cost, from_start[start], phrase.telling[-1])
        and fewest(cost, to_end[end], phrase.telling[0])
        and bounded(phrase, page, start, end)
    }


def finds_everything(phrases: Index, page: Squeezed) -> None:
    """Wherever a phrase stands best, it is found, give or take its slips at the ends, or a longer match holds it."""
    found = find(phrases, page)
    for number, phrase in enumerate(phrases.phrases):
        give = 2 * phrase.slips
        for start, end in best_places(phrase, page):
            near = any(match.start <= start + give and end - give <= match.end for match in found)
            assert near, (number, phrase, (start, end), page.text[start:end], found)


def finds_exactly(phrases: Index, page: Squeezed) -> None:
    """Short phrases are found exactly where they stand, save inside a longer one that is found."""
    short = {
        Match(number, start, end)
        for number, phrase in enumerate(phrases.phrases)
        if not phrase.slips
        for start, end in places(phrase, page)
    }
    found = find(phrases, page)
    for match in short:
        assert match in found or any(_holds(other, match) for other in found), match


def longest_only(found: Sequence[Match]) -> None:
    """No match that is given lies within a longer one, and they come in order."""
    assert not any(_holds(one, other) for one in found for other in found)
    assert [match.start for match in found] == sorted(match.start for match in found)


def _holds(outer: Match, inner: Match) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start
