"""Choose which papers a file holds, so that it is complete first and as long as asked next."""

from collections.abc import Iterator

from casefold_adapters.synth.papers import assets, housing, identity, income, lending, outside
from casefold_adapters.synth.stories import Story
from casefold_adapters.synth.values import Paper

FILE_TYPES = ("us-purchase", "kyc")


def required(story: Story, file_type: str) -> tuple[Paper, ...]:
    """Give what a complete file of the type holds, in the order of a lender's stack."""
    if file_type == "kyc":
        return _kyc(story)
    last, before = story.applied.year - 1, story.applied.year - 2
    papers = [lending.transmittal(story), lending.findings(story)]
    papers += [lending.application(story, person) for person in story.borrowers]
    papers.append(lending.authorization(story))
    papers += [identity.driver_license(story, person) for person in story.borrowers]
    papers += [identity.ssn_card(story, story.borrower), assets.credit_report(story), assets.letter(story, 0)]
    papers += [income.w2(story, job, year) for job in story.jobs for year in (last, before)]
    papers += [income.paystub(story, job, back) for job in story.jobs for back in (0, 1)]
    papers += [income.voe(story, job) for job in story.jobs]
    for year in (last, before):
        papers += [income.form_1040(story, year), income.schedule(story, year, "B")]
    papers += [income.form_1099(story, last, kind) for kind in ("INT", "DIV")]
    papers += [income.transcript(story, last, "wage"), income.transcript(story, last, "return")]
    papers += [income.form_4506c(story, person) for person in story.borrowers]
    papers += assets.statements(story, 2)
    papers.append(assets.investments(story))
    if story.gift:
        papers += [assets.gift_letter(story), assets.check(story, "gift")]
    papers += [assets.check(story, "emd"), housing.purchase_agreement(story), housing.appraisal(story)]
    papers += [housing.title_commitment(story), housing.insurance(story), housing.flood(story)]
    papers += [lending.estimate(story), lending.disclosure(story), lending.note(story), lending.instrument(story)]
    return tuple(papers)


def _kyc(story: Story) -> tuple[Paper, ...]:
    papers: list[Paper] = []
    for person in story.borrowers:
        papers += [
            identity.passport(story, person),
            identity.driver_license(story, person),
            identity.ssn_card(story, person),
        ]
        papers.append(income.w9(story, person))
    papers += [housing.utility_bill(story), *assets.statements(story, 2)]
    return tuple(papers)


def more(story: Story, file_type: str) -> Iterator[Paper]:
    """Go on giving papers that such a file may hold besides; they end only after some hundreds."""
    last = story.applied.year - 1
    chance = story.chance("more")
    extra: list[Paper] = [
        *(housing.utility_bill(story, back) for back in range(1, 7)),
        *assets.statements(story, 10)[:-2],
        housing.lease(story),
        income.w9(story, story.borrower),
        identity.passport(story, story.borrower),
        *(assets.letter(story, number) for number in (1, 2)),
        *(income.schedule(story, last, letter) for letter in ("1", "2", "3", "A", "C", "D", "E", "SE", "8812")),
        *(income.form_1099(story, last, kind) for kind in ("MISC", "NEC", "G", "R", "SSA")),
        *(income.form_1099(story, last - 1, kind) for kind in ("INT", "DIV")),
        *(
            income.paystub(story, job, back)
            for job in story.jobs
            for back in range(2, 8)
            if income.paid(story, job) > back
        ),
        income.transcript(story, last - 1, "wage"),
        income.transcript(story, last - 1, "return"),
        *(outside.outside(story, kind, number) for number in (0, 1) for kind in outside.KINDS),
        outside.structure(story, "fax_cover", 0),
    ]
    if file_type == "kyc":
        keep = {"utility_bill", "lease_agreement", "passport", "w9", "fax_cover", "invoice", "receipt", "paystub"}
        extra = [paper for paper in extra if paper.label in keep or paper.label.startswith("other.")]
    yield from chance.mixed([paper for paper in extra if not paper.key.endswith("-1")])
    yield from chance.mixed([paper for paper in extra if paper.key.endswith("-1")])
    for number in range(2, 60):
        yield from (outside.outside(story, kind, number) for kind in chance.child(number).mixed(outside.KINDS))
