"""Laws as plain functions of values, by room: each asserts one sentence, its docstring."""

from casefold_properties.laws.assembly import *
from casefold_properties.laws.chain import *
from casefold_properties.laws.phrases import *
from casefold_properties.laws.case import *
from casefold_properties.laws.kernel import *
from casefold_properties.laws.taxonomy import *
from casefold_properties.laws.pages import *
from casefold_properties.laws.stream import *
from casefold_properties.laws.findings import *
