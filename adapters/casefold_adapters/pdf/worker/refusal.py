"""How the child's functions say that the source cannot be worked with."""

from typing import Any


class Refusal(Exception):
    """Ends the request; *answer* goes to the parent, which makes a value of it."""

    def __init__(self, kind: str, **facts: Any) -> None:
        """Take the refusal's kind and the facts that belong to it."""
        super().__init__(kind)
        self.answer = {"kind": kind, **facts}
