"""Strategies for every core value, by room; valid by construction, out of small alphabets so that things meet."""

from casefold_properties.strategies.assembly import *
from casefold_properties.strategies.kernel import *
from casefold_properties.strategies.phrases import *
from casefold_properties.strategies.taxonomies import *
from casefold_properties.strategies.pages import *
from casefold_properties.strategies.cases import *
