"""A real model server for the tests: a logistic regression over German credit, served by KServe.

Run by the Python of its own environment (see `requirements.txt` beside it), never by that of the project. It trains on
800 of the 1,000 rows of `german_statlog.data` and serves the same model in several manners, since servers differ:

- ``columns``: a tensor for each input, and both probabilities as FP64;
- ``row``: the numbers in one row, and the probability of default as FP32, with a version;
- ``raw``: as ``row``, but answers in bytes where the protocol allows it;
- ``broken``: a probability that is no number;
- ``failing``: an error that tells what it was given.
"""

import sys
from pathlib import Path

import numpy as np
from kserve import InferOutput, InferResponse, Model, ModelServer
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

TEXTS = {"checking": 0, "history": 2, "savings": 5, "employment": 6}
NUMBERS = {"months": 1, "amount": 4, "installment_rate": 7, "existing_credits": 15}
"""What a lender may look at: sex, marital status, age and nationality are among the other columns."""


def trained():
    """Fit the probability that a credit goes bad."""
    rows = [line.split() for line in Path(__file__).with_name("german_statlog.data").read_text().splitlines() if line]
    facts = np.array([[row[at] for at in (*TEXTS.values(), *NUMBERS.values())] for row in rows], dtype=object)
    facts[:, len(TEXTS) :] = facts[:, len(TEXTS) :].astype(float)
    texts, numbers = list(range(len(TEXTS))), list(range(len(TEXTS), len(TEXTS) + len(NUMBERS)))
    columns = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), texts), (StandardScaler(), numbers))
    bad = np.array([row[-1] == "2" for row in rows])
    return make_pipeline(columns, LogisticRegression()).fit(facts[:800], bad[:800])


class Credit(Model):
    def __init__(self, name, model):
        super().__init__(name)
        self.model = model
        self.ready = True

    def predict(self, payload, headers=None, response_headers=None):
        if self.name == "failing":
            raise ValueError(f"no such value: {payload.inputs[0].data}")
        given = {each.name: each.as_numpy().ravel() for each in payload.inputs}
        if self.name == "columns":
            texts = [self.text(given[name][0]) for name in TEXTS]
            numbers = [float(given[name][0]) for name in NUMBERS]
        else:
            texts = [self.text(each) for each in given["texts"]]
            numbers = [float(each) for each in given["numbers"]]
        found = self.model.predict_proba(np.array([[*texts, *numbers]], dtype=object))
        kind = "FP64" if self.name == "columns" else "FP32"
        found = found if self.name == "columns" else found[:, 1:].astype(np.float32)
        if self.name == "broken":
            found = found * np.nan
        output = InferOutput("probability", list(found.shape), kind)
        raw = self.name == "raw" and payload.from_grpc
        output.set_data_from_numpy(found, binary_data=raw)
        version = "3" if self.name in {"row", "raw"} else None
        return InferResponse(payload.id, self.name, [output], model_version=version, use_binary_outputs=raw)

    @staticmethod
    def text(value):
        return value.decode() if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    http, rpc = map(int, sys.argv[1:])
    fitted = trained()
    server = ModelServer(http_port=http, grpc_port=rpc, workers=1, enable_latency_logging=False, event_loop="asyncio")
    server.start([Credit(name, fitted) for name in ("columns", "row", "raw", "broken", "failing")])
