"""Laws as plain functions of values, by room: each asserts one sentence, its docstring."""

from casefold_properties.laws.assembly import *
from casefold_properties.laws.chain import *
from casefold_properties.laws.phrases import *
