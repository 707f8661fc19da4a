"""Ask model servers for scores: the Open Inference Protocol 2 over HTTP and gRPC, and plain JSON.

Every failure is a value that tells no fact: neither the inputs, nor what a server wrote about them.
"""

from casefold_adapters.inference.asking import (
    Answer,
    Failed,
    Heard,
    Scorer,
    SystemTimer,
    Timer,
    any_of,
    ask,
    wait_before,
)
from casefold_adapters.inference.over_grpc import OPTIONS, OpenInferenceGrpc
from casefold_adapters.inference.over_http import OpenInferenceRest, PlainJson
from casefold_adapters.inference.serving import Arm, Serving, serve

__all__ = [
    "OPTIONS",
    "Answer",
    "Arm",
    "Failed",
    "Heard",
    "OpenInferenceGrpc",
    "OpenInferenceRest",
    "PlainJson",
    "Scorer",
    "Serving",
    "SystemTimer",
    "Timer",
    "any_of",
    "ask",
    "serve",
    "wait_before",
]
