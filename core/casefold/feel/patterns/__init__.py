"""Regular expressions as XPath and XQuery write them, matched in time proportional to text times pattern."""

from casefold.feel.patterns.matching import expand, search
from casefold.feel.patterns.syntax import Pattern, pattern

__all__ = ["Pattern", "expand", "pattern", "search"]
