"""Work given to the machines of a Ray cluster (extra `ray`).

``RAY_ADDRESS`` says which; without it Ray starts a cluster of this machine alone. What a task reads and writes must be
in a folder that all machines share under one path, or in a store of objects.
"""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from casefold.batch.codec import read_result, result_value
from casefold.batch.events import CaseRow, Fault
from casefold.kernel.results import Failure, Result, Success
from casefold_shells.batch.engines import WORKER_DIED
from casefold_shells.batch.orders import Order, Prepared, Task, order_text, prepared, read_order, read_task, task_text
from casefold_shells.batch.wording import NoEngine
from casefold_shells.batch.working import work


class Reference(Protocol):
    """A result to come."""

    def future(self) -> "Future[str]":
        """Wait for it."""
        ...


class Remote(Protocol):
    """A function that runs elsewhere."""

    def remote(self, order: object, task: str) -> Reference:
        """Call it."""
        ...

    def options(self, **_: object) -> "Remote":
        """Say how."""
        ...


class Ray(Protocol):
    """What we use of the library."""

    def init(self, **_: object) -> object:
        """Join a cluster."""
        ...

    def shutdown(self) -> None:
        """Leave it."""
        ...

    def remote(self, **_: object) -> Callable[[object], Remote]:
        """Have a function run elsewhere."""
        ...

    def put(self, value: object) -> object:
        """Send a value once to whoever needs it."""
        ...

    def cluster_resources(self) -> Mapping[str, float]:
        """Say how large the cluster is."""
        ...

    def cancel(self, reference: Reference, *, force: bool) -> None:
        """Do not go on with a call."""
        ...


_KNOWN: dict[str, Prepared] = {}
"""The order that this process has, compiled once."""


def perform(order: str, task: str) -> str:
    """Run one task in a process of the cluster."""
    if order not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[order] = prepared(read_order(order))
    return json.dumps(result_value(asyncio.run(work(_KNOWN[order], read_task(task)))))


def ray_engine(order: Order, workers: int | None) -> Result["RayEngine", NoEngine]:
    """Join a cluster, or say why not."""
    if find_spec("ray") is None:
        return Failure(NoEngine("--engine ray takes `pip install 'casefold[ray]'`"))
    ray = cast("Ray", import_module("ray"))
    try:
        ray.init(address=os.environ.get("RAY_ADDRESS"), log_to_driver=False, logging_level="warning")
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        where = os.environ.get("RAY_ADDRESS", "this machine")
        detail = f"the Ray cluster at {where} cannot be joined: {error}; check RAY_ADDRESS, and that its head runs"
        return Failure(NoEngine(detail))
    return Success(RayEngine(ray, order, workers))


class RayEngine:
    """A Ray cluster; one task is one package."""

    def __init__(self, ray: Ray, order: Order, workers: int | None) -> None:
        """Use `ray_engine`."""
        self._ray = ray
        self._order = ray.put(order_text(order))
        self._slots = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        # What is tried again is for the manifest to say, so Ray itself never does.
        self._perform = ray.remote(num_cpus=1, max_retries=0)(perform)
        self._running: set[Reference] = set()

    @property
    def slots(self) -> int:
        """How many tasks run at once."""
        return self._slots

    async def run(self, task: Task) -> CaseRow | Fault:
        """Run one task somewhere in the cluster."""
        errors = import_module("ray.exceptions")
        reference = self._perform.remote(self._order, task_text(task))
        self._running.add(reference)
        try:
            said = await asyncio.wrap_future(reference.future())
        except errors.RayTaskError:
            raise  # a bug of ours, with the traceback of the other machine
        except errors.RayError as error:
            first = str(error).strip().partition("\n")[0]
            return Fault(WORKER_DIED, f"the process or machine that had it died ({first})", passing=True)
        finally:
            self._running.discard(reference)
        return read_result(json.loads(said)).unwrap()

    async def close(self) -> None:
        """End whatever still runs, and leave the cluster."""
        for reference in self._running:
            self._ray.cancel(reference, force=True)
        await asyncio.to_thread(self._ray.shutdown)
