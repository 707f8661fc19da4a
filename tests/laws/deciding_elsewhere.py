"""Replay records in another process: reads ``{"policies": [...], "records": [...]}``, writes what each came to."""

import json
import locale
import sys
from decimal import ROUND_UP, Context, setcontext

from casefold.feel.values import UtcAlone
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Failure
from casefold.policy.codec import parse_policy
from casefold.policy.deciding import ready
from casefold.policy.record import replay


def main() -> None:
    """Replay each record by the policy of its number, under the locale and the decimals of this process."""
    locale.setlocale(locale.LC_ALL, "")
    setcontext(Context(prec=3, rounding=ROUND_UP, capitals=0))
    given = json.loads(sys.stdin.buffer.read())
    prepared = [ready(parse_policy(raw).unwrap()).unwrap() for raw in given["policies"]]
    for number, record in given["records"]:
        found = replay(prepared[number], record, UtcAlone())
        line = str(found.failure()).encode() if isinstance(found, Failure) else canonical(found.unwrap())
        sys.stdout.buffer.write(line + b"\n")


if __name__ == "__main__":
    main()
