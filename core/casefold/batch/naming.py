"""What the cases of a batch are called."""

from collections.abc import Iterable, Mapping


def names(packages: Iterable[tuple[str, str]], taken: Mapping[str, str]) -> Mapping[str, str]:
    """Name each package, given its name in the input and its stem: by the stem where that is free.

    Who has a name keeps it, and names differ in more than upper and lower case, for some file systems ignore that.

    >>> dict(names([("loan", "loan"), ("loan.pdf", "loan"), ("LOAN.PDF", "LOAN")], {}))
    {'loan': 'loan', 'loan.pdf': 'loan.pdf', 'LOAN.PDF': 'LOAN-2'}
    >>> dict(names([("loan", "loan"), ("loan.pdf", "loan")], {"loan.pdf": "loan"}))
    {'loan.pdf': 'loan', 'loan': 'loan-2'}
    """
    found = dict(taken)
    used = {name.casefold() for name in found.values()}
    for package, stem in packages:
        if package not in found:
            name, number = stem, 2
            for wish in (stem, package):
                if wish.casefold() not in used:
                    name = wish
                    break
            while name.casefold() in used:
                name, number = f"{stem}-{number}", number + 1
            found[package] = name
            used.add(name.casefold())
    return found
