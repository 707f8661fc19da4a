"""What identity papers say; a passport's machine-readable zone carries its check digits (ICAO Doc 9303)."""

from datetime import date

from casefold_adapters.synth.papers.income import owner
from casefold_adapters.synth.people import Person
from casefold_adapters.synth.stories import Story
from casefold_adapters.synth.values import Paper


def driver_license(story: Story, person: Person) -> Paper:
    """Give a licence that outlives the closing."""
    chance = story.chance("licence" + person.ssn)
    expires = date(story.closing.year + chance.between(1, 6), person.born.month, person.born.day)
    street = story.home
    return Paper(
        "driver_license",
        "driver_license",
        owner(story, person),
        {
            "last_name": person.last.upper(),
            "first_name": f"{person.first} {person.middle}".upper(),
            "full_name": f"{person.first} {person.middle} {person.last}".upper(),
            "street": street.street.upper(),
            "city_line": street.last_line.upper(),
            "license_number": person.licence,
            "date_of_birth": person.born,
            "issue_date": expires.replace(year=expires.year - 8),
            "expiration_date": expires,
            "license_class": chance.pick("CDCM"),
            "sex": person.sex,
            "height": person.height,
            "weight": person.weight,
            "eyes": person.eyes,
            "state_name": story.state.name,
            "state": story.state.code,
            "document_discriminator": chance.digits(14),
        },
    )


def passport(story: Story, person: Person) -> Paper:
    """Give a passport of ten years that outlives the closing, with both lines of its machine-readable zone."""
    chance = story.chance("passport" + person.ssn)
    issued = date(story.applied.year - chance.between(1, 7), chance.between(1, 12), chance.between(1, 28))
    expires = issued.replace(year=issued.year + 10)
    first, second = zone(person, expires)
    return Paper(
        "passport",
        "passport",
        owner(story, person),
        {
            "last_name": person.last.upper(),
            "first_name": f"{person.first} {person.middle}".upper(),
            "passport_number": person.passport,
            "nationality": "UNITED STATES OF AMERICA",
            "date_of_birth": person.born,
            "place_of_birth": f"{story.state.name.upper()}, U.S.A.",
            "issue_date": issued,
            "expiration_date": expires,
            "sex": person.sex,
            "mrz_line_1": first,
            "mrz_line_2": second,
        },
    )


def zone(person: Person, expires: date) -> tuple[str, str]:
    """Give both lines of a passport's machine-readable zone."""
    name = f"{_latin(person.last)}<<{_latin(person.first)}<{_latin(person.middle)}"
    number, born, until = person.passport, f"{person.born:%y%m%d}", f"{expires:%y%m%d}"
    personal = "<" * 14
    line = f"{number}{digit(number)}USA{born}{digit(born)}{person.sex}{until}{digit(until)}{personal}"
    checked = f"{number}{digit(number)}{born}{digit(born)}{until}{digit(until)}{personal}0"
    return f"P<USA{name}"[:44].ljust(44, "<"), f"{line}0{digit(checked)}"


def _latin(name: str) -> str:
    return "".join(sign if sign.isalpha() else "<" for sign in name.upper())


def digit(text: str) -> int:
    """Give the check digit of a piece of the zone: weights 7, 3, 1, modulo 10.

    >>> digit("520727")
    3
    """
    worth = (int(sign) if sign.isdigit() else 0 if sign == "<" else ord(sign) - 55 for sign in text)
    return sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(worth)) % 10


def ssn_card(story: Story, person: Person) -> Paper:
    """Give the Social Security card."""
    return Paper("ssn_card", "ssn_card", owner(story, person), {"name": person.full.upper(), "ssn": person.ssn})
