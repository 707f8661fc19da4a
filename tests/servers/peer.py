"""Read a request and write answers by the classes that were generated from the published definition of the protocol.

Run by the Python of the server's environment: takes a request in hexadecimal; prints what it holds, and then answers.
"""

import importlib.util
import json
import sys
from pathlib import Path

PACKAGE = Path(importlib.util.find_spec("kserve").origin).parent
sys.path.insert(0, str(PACKAGE / "protocol" / "grpc"))  # all of KServe takes seconds to import

import grpc_predict_v2_pb2 as v2  # noqa: E402

ANSWERS = {
    "BOOL": ("bool_contents", [True, False]),
    "INT32": ("int_contents", [-1, 7]),
    "INT64": ("int64_contents", [-(2**63), 2**63 - 1]),
    "UINT32": ("uint_contents", [0, 2**32 - 1]),
    "UINT64": ("uint64_contents", [0, 2**64 - 1]),
    "FP32": ("fp32_contents", [0.1, -1e30]),
    "FP64": ("fp64_contents", [0.1, 5e-324]),
    "BYTES": ("bytes_contents", [b"A11", "é".encode()]),
}


def elements(contents):
    return [
        each.decode() if isinstance(each, bytes) else each for _, values in contents.ListFields() for each in values
    ]


asked = v2.ModelInferRequest.FromString(bytes.fromhex(sys.argv[1]))
told = [asked.model_name, asked.model_version, asked.id, *(each.name for each in asked.outputs)]
inputs = [[each.name, each.datatype, list(each.shape), elements(each.contents)] for each in asked.inputs]
raw = [each.hex() for each in asked.raw_input_contents]
print(json.dumps({"told": told, "inputs": inputs, "raw": raw}))

for datatype, (field, values) in ANSWERS.items():
    contents = v2.InferTensorContents(**{field: values})
    output = v2.ModelInferResponse.InferOutputTensor(name="p", datatype=datatype, shape=[1, 2], contents=contents)
    output.parameters["note"].string_param = "what we do not know"
    other = v2.ModelInferResponse.InferOutputTensor(name="q", datatype="BF16", shape=[1])
    print(v2.ModelInferResponse(model_name="pd", outputs=[other, output]).SerializeToString().hex())
