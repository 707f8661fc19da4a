"""Ask a case the rules across documents, on what its documents state."""

from casefold.case.deciding import day_of
from casefold.case.events import RulesAsked
from casefold.case.state import Case
from casefold.feel.temporal import parse_date
from casefold.feel.values import Date, Zones
from casefold.fields.model import Field
from casefold.validation.checking import check
from casefold.validation.facts import Stated
from casefold.validation.ready import ReadyRules


def ask_rules(ready: ReadyRules | None, zones: Zones, case: Case) -> RulesAsked:
    """Ask the rules of a case whose fields are read, on the day that it is decided for, if it is."""
    assert ready is not None, "a case that is asked rules is driven under them"
    return RulesAsked(check(ready, stated_in(case), _day(zones, case)))


def stated_in(case: Case) -> tuple[Stated, ...]:
    """Give what each document states; a document that holds several instances gives several."""
    assert case.outcome is not None, "rules are asked after assembling"
    found: list[Stated] = []
    for document in case.outcome.documents:
        read = case.fields.get(document.id)
        groups: dict[int, list[Field]] = {}
        for field in read.fields if read is not None else ():
            groups.setdefault(field.group, []).append(field)
        for _, fields in sorted(groups.items()) or [(1, list[Field]())]:
            found.append(Stated(document.id, document.label, document.pages, tuple(fields)))
    return tuple(found)


def _day(zones: Zones, case: Case) -> Date | None:
    day = None if case.given is None else day_of(zones, case.given)
    return parse_date(day) if isinstance(day, str) else None
