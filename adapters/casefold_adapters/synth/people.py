"""Invent people, employers and places; nobody here can be anybody, for all numbers are from ranges that are never issued."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import frozen
from faker import Faker

from casefold_adapters.synth.chance import Chance


@frozen
class State:
    """A state, its income tax in parts of ten thousand, and how deeds and licences look there."""

    code: str
    name: str
    tax: int
    deed_of_trust: bool
    licence: str
    """``A`` stands for a letter of the licence number, ``9`` for a digit."""


STATES = (
    State("CA", "California", 560, True, "A9999999"),
    State("TX", "Texas", 0, True, "99999999"),
    State("CO", "Colorado", 425, True, "999999999"),
    State("AZ", "Arizona", 250, True, "A99999999"),
    State("NC", "North Carolina", 450, True, "999999999999"),
    State("VA", "Virginia", 510, True, "A99999999"),
    State("WA", "Washington", 0, True, "WDLAAAA9999A"),
    State("OR", "Oregon", 800, True, "9999999"),
    State("FL", "Florida", 0, False, "A999999999999"),
    State("NY", "New York", 570, False, "999999999"),
    State("OH", "Ohio", 320, False, "AA999999"),
    State("PA", "Pennsylvania", 307, False, "99999999"),
    State("MI", "Michigan", 425, False, "A999999999999"),
    State("IL", "Illinois", 495, False, "A99999999999"),
    State("MN", "Minnesota", 640, False, "A999999999999"),
    State("GA", "Georgia", 530, False, "999999999"),
)


@frozen
class Address:
    """Where somebody lives, works or buys."""

    street: str
    city: str
    state: str
    zip: str
    county: str

    @property
    def last_line(self) -> str:
        """City, state and postal code."""
        return f"{self.city}, {self.state} {self.zip}"

    @property
    def one_line(self) -> str:
        """The address in one line."""
        return f"{self.street}, {self.last_line}"


@frozen
class Person:
    """Somebody who borrows, sells or signs."""

    first: str
    middle: str
    last: str
    sex: str
    born: date
    ssn: str
    phone: str
    email: str
    licence: str
    passport: str
    height: str
    weight: int
    eyes: str

    @property
    def name(self) -> str:
        """The name as most papers have it."""
        return f"{self.first} {self.middle[0]}. {self.last}"

    @property
    def full(self) -> str:
        """The name with its middle name spelled out."""
        return f"{self.first} {self.middle} {self.last}"


@frozen
class Firm:
    """An employer, bank, lender or any other company."""

    name: str
    ein: str
    address: Address
    phone: str


_ENDINGS = MappingProxyType(
    {
        "employer": ("Logistics Inc", "Manufacturing LLC", "Health System", "Technologies Inc", "School District", "Foods Corp",
                     "Engineering Group LLC", "Medical Center", "Retail Holdings Inc", "Aerospace Corp", "Consulting LLP"),
        "bank": ("National Bank", "Community Credit Union", "Savings Bank", "Bank & Trust", "Federal Credit Union", "Bank, N.A."),
        "lender": ("Home Mortgage LLC", "Home Loans Inc", "Mortgage Corporation", "Lending Group LLC", "Bank Mortgage, N.A."),
        "broker": ("Investments", "Securities LLC", "Brokerage Services", "Wealth Management", "Retirement Services"),
        "title": ("Title Company", "Title & Escrow", "Land Title Agency", "Settlement Services LLC"),
        "insurer": ("Mutual Insurance Company", "Property & Casualty", "Insurance Exchange", "Home Insurance Company"),
        "utility": ("Power & Light", "Electric Cooperative", "Gas & Electric", "Energy", "Municipal Utilities"),
        "realty": ("Realty", "Real Estate Group", "Properties", "Homes Brokerage"),
        "appraiser": ("Appraisal Services", "Valuation Group", "Residential Appraisers"),
        "flood": ("Flood Zone Services", "Flood Determinations LLC", "Hazard Data Inc"),
        "credit": ("Credit Reports Inc", "Mortgage Credit Services", "Merge Credit LLC"),
        "shop": ("Hardware", "Plumbing & Heating", "Auto Repair", "Office Supply", "Catering", "Landscaping LLC", "Electric Co"),
        "clinic": ("Family Medicine", "Orthopedic Associates", "Regional Hospital", "Dental Group"),
    }
)  # fmt: skip

_NOUNS = (
    "Alder", "Amber", "Beacon", "Birch", "Blue Ridge", "Brook", "Canyon", "Cardinal", "Cedar", "Clearwater", "Copper", "Crest",
    "Delta", "Eagle", "Elm", "Evergreen", "Falcon", "Fern", "Granite", "Harbor", "Heron", "Hickory", "Juniper", "Keystone",
    "Lakeside", "Laurel", "Liberty", "Maple", "Meridian", "Mesa", "Northgate", "Oak", "Orchard", "Pacific", "Pine", "Pioneer",
    "Prairie", "Redwood", "River", "Sable", "Sequoia", "Sierra", "Silver", "Spruce", "Summit", "Sunrise", "Timber", "Union",
    "Valley", "Vista", "Walnut", "Westfield", "Willow",
)  # fmt: skip


class People:
    """Invents people and firms of one state, one after another, from a seed."""

    def __init__(self, chance: Chance) -> None:
        """Begin; all that follows hangs on *chance*."""
        self.chance = chance
        self.state = chance.pick(STATES)
        self._fake = Faker("en_US")
        self._fake.seed_instance(chance.name)

    def address(self, city: str = "") -> Address:
        """Invent an address in the state."""
        fake = self._fake
        zip_code = fake.zipcode_in_state(self.state.code)
        street = fake.street_address().replace("Apt.", "Apt")
        return Address(street, city or fake.city(), self.state.code, zip_code, fake.last_name() + " County")

    def house(self) -> Address:
        """Invent the address of a house: one with no apartment."""
        found = self.address()
        street = f"{self.chance.between(100, 9899)} {self._fake.street_name()}"
        return Address(street, found.city, found.state, found.zip, found.county)

    def person(self, year: int, last: str = "") -> Person:
        """Invent a grown-up of the given year."""
        fake, chance = self._fake, self.chance
        sex = chance.pick("MF")
        first = fake.first_name_male() if sex == "M" else fake.first_name_female()
        middle = fake.first_name_male() if sex == "M" else fake.first_name_female()
        last = last or fake.last_name()
        born = date(year - chance.between(26, 61), chance.between(1, 12), chance.between(1, 28))
        number = "".join(
            chance.letters(1) if sign == "A" else chance.digits(1) if sign == "9" else sign
            for sign in self.state.licence
        )
        return Person(
            first,
            middle,
            last,
            sex,
            born,
            f"666-{chance.between(10, 99)}-{chance.between(1000, 9999)}",
            self.phone(),
            f"{first}.{last}@example.{chance.pick(('com', 'net', 'org'))}".lower(),
            number,
            chance.digits(9),
            f"{chance.between(5, 6)}'-{chance.between(0, 9):02}\"",
            chance.between(115, 235),
            chance.pick(("BRO", "BLU", "GRN", "HAZ")),
        )

    def phone(self) -> str:
        """Invent a telephone number of the range kept for fiction."""
        return f"({self.chance.between(201, 989)}) 555-01{self.chance.between(0, 99):02}"

    def firm(self, kind: str) -> Firm:
        """Invent a company of a kind."""
        noun = self.chance.pick(_NOUNS) if self.chance.chance(75) else self._fake.last_name()
        name = f"{noun} {self.chance.pick(_ENDINGS[kind])}"
        return Firm(name, f"00-{self.chance.digits(7)}", self.address(), self.phone())

    def job(self) -> str:
        """Invent what somebody works as."""
        return self.chance.pick(_TITLES)


_TITLES = (
    "Operations Manager", "Registered Nurse", "Software Engineer", "Senior Accountant", "Project Manager", "Teacher",
    "Electrician", "Sales Representative", "Mechanical Engineer", "Logistics Coordinator", "Pharmacist", "HR Generalist",
    "Financial Analyst", "Dental Hygienist", "Marketing Manager", "Plant Supervisor", "Paralegal", "Data Analyst",
)  # fmt: skip

EYES: Mapping[str, str] = MappingProxyType({"BRO": "Brown", "BLU": "Blue", "GRN": "Green", "HAZ": "Hazel"})
