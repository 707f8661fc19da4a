"""Where the servers of a policy's models are, and asking them what a case wants to know.

A file in TOML says it, one table for each model by the name that the policy has for it. Secrets stay in environment
variables: the file names them, and neither the case nor any message holds them.
"""

import re
import tomllib
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from attrs import evolve, field, frozen

from casefold.case.events import ScoreAnswer, ScoresReceived, ShadowAnswer
from casefold.case.scoring import PlannedScore
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.scorecalls import ScoreCall
from casefold.policy.scores import ScoreModel

if TYPE_CHECKING:
    from casefold_adapters.inference import Arm, Scorer

PROTOCOLS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "rest": ("http://", "https://"),
    "grpc": ("grpc://", "grpcs://"),
    "json": ("http://", "https://"),
})  # fmt: skip
"""How a server may be asked, and how its address begins."""

_PLACE = re.compile(r"[a-z]+://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[!-~]*)?")
_HEADER = re.compile("(?!grpc-)[a-z0-9_.-]+(?<!-bin)")
_KEYS = ("protocol", "url", "timeout_seconds", "headers", "by_version", "version_at", "repeatable")


@frozen
class Server:
    """Where a model is.

    Attributes:
        headers: What goes with each request; its values are secrets.
        timeout_seconds: How long an attempt may take, in place of what the policy says.
        by_version: See `casefold_adapters.inference.OpenInferenceRest`.
        version_at, repeatable: See `casefold_adapters.inference.PlainJson`.
    """

    protocol: str
    url: str
    timeout_seconds: Decimal | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    by_version: bool = True
    version_at: str | None = None
    repeatable: bool = False


Servers = Mapping[str, Server]
"""Servers by the names that a policy has for its models."""

NOWHERE: Servers = MappingProxyType({})


@frozen
class ServersUnusable:
    """A file does not say where models are; each of *reasons* says what and where."""

    reasons: tuple[str, ...]


@frozen
class ModelsUnknown:
    """A policy asks models of these names, and nobody said where they are."""

    names: tuple[str, ...]


def servers_at(path: Path, environment: Mapping[str, str]) -> Result[Servers, ServersUnusable]:
    """Read where models are; headers are taken from the variables of *environment* that the file names."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        return Failure(ServersUnusable((f"{path}: {error.strerror or 'it cannot be read'}; check the path",)))
    except ValueError as error:
        return Failure(ServersUnusable((f"{path}: it is not TOML: {error}",)))
    wrong: list[str] = []
    found: dict[str, Server] = {}
    for name, entry in raw.items():
        server = _server(entry, environment)
        if isinstance(server, Server):
            found[name] = server
        else:
            wrong.extend(f"{path}: model {name}: {each}" for each in server)
    if found and not (find_spec("httpx") and find_spec("grpc")):
        wrong.append("to ask models takes `pip install 'casefold[inference]'`")
    return Failure(ServersUnusable(tuple(wrong))) if wrong else Success(found)


def _server(entry: object, environment: Mapping[str, str]) -> Server | list[str]:
    """Read where a model is, or say what is wrong."""
    if not isinstance(entry, dict):
        return ["it is no table; write [NAME] with protocol and url"]
    told = cast("dict[str, object]", entry)
    wrong = [f"there is no key {key!r}; it takes {', '.join(_KEYS)}" for key in told if key not in _KEYS]
    protocol, url = told.get("protocol"), told.get("url")
    if protocol not in PROTOCOLS:
        wrong.append(f"protocol is one of {', '.join(PROTOCOLS)}")
    starts = PROTOCOLS.get(str(protocol), ())
    if starts and not (isinstance(url, str) and url.startswith(starts) and _PLACE.fullmatch(url)):
        wrong.append(f"url is an address such as {starts[0]}models.example:8080, without a password; use headers")
    timeout = _seconds(told.get("timeout_seconds"))
    if timeout is None and "timeout_seconds" in told:
        wrong.append("timeout_seconds is a number above 0")
    for key, kind, what in (
        ("by_version", bool, "true or false"),
        ("repeatable", bool, "true or false"),
        ("version_at", str, "text"),
    ):
        if key in told and not isinstance(told[key], kind):
            wrong.append(f"{key} is {what}")
    headers, missing = _headers(told.get("headers", {}), environment)
    wrong += missing
    if wrong:
        return wrong
    return Server(
        str(protocol),
        str(url),
        timeout,
        headers,
        told.get("by_version", True) is True,
        cast("str | None", told.get("version_at")),
        told.get("repeatable", False) is True,
    )


def _seconds(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    seconds = Decimal(value)
    return seconds if seconds.is_finite() and seconds > 0 else None


def _headers(raw: object, environment: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Give headers with what the environment holds for them, and what is missing there."""
    named = cast("dict[str, object]", raw) if isinstance(raw, dict) else None
    if named is None or not all(isinstance(each, str) for each in named.values()):
        return (), ['headers name environment variables, such as headers = { authorization = "MODEL_TOKEN" }']
    wrong: list[str] = []
    found: list[tuple[str, str]] = []
    for header, variable in named.items():
        value = environment.get(str(variable), "")
        if not _HEADER.fullmatch(header.lower()):
            wrong.append(f"{header!r} is no name of a header")
        if not value or not value.isascii() or not value.isprintable():
            wrong.append(f"the header {header!r} is taken from the environment variable {variable}, which holds none")
        found.append((header.lower(), value))
    return tuple(found), wrong


def lacking(servers: Servers, calls: Iterable[ScoreCall]) -> ModelsUnknown | None:
    """Say which models of a policy nobody said the place of."""
    names = tuple(sorted({arm.name for call in calls for arm in call.arms} - servers.keys()))
    return ModelsUnknown(names) if names else None


@frozen
class Heard:
    """What came of asking, and the bytes of all answers."""

    received: ScoresReceived
    bodies: tuple[bytes, ...] = field(repr=False)


async def ask_models(calls: Iterable[ScoreCall], plans: tuple[PlannedScore, ...], servers: Servers) -> Heard:
    """Ask the models that serve, and the shadows beside them, until each has answered or its time is up."""
    from casefold_adapters.inference import serve

    models = {call.input: call.models for call in calls}
    answers: list[ScoreAnswer] = []
    bodies: list[bytes] = []
    for planned in plans:
        plan = planned.plan
        names = (plan.served.arm, *(each.arm for each in plan.shadows))
        async with _arms({name: models[planned.input][name] for name in names}, servers) as arms:
            serving = await serve(plan, arms)
            shadows = await serving.shadows()
        served = serving.served
        answers.append(
            ScoreAnswer(
                planned.input,
                plan.assignment,
                served.received,
                tuple(ShadowAnswer(each.arm, shadows[each.arm].received) for each in plan.shadows),
            )
        )
        bodies += (each.body for each in (served, *shadows.values()) if each.body is not None)
    return Heard(ScoresReceived(tuple(answers)), tuple(bodies))


@asynccontextmanager
async def _arms(models: Mapping[str, ScoreModel], servers: Servers) -> "AsyncGenerator[Mapping[str, Arm]]":
    """Open a connection for each model, so that no shadow holds one that the answer waits for."""
    from casefold_adapters.inference import Arm

    async with AsyncExitStack() as stack:
        yield {
            name: Arm(_timed(model, servers[name]), await _scorer(servers[name], stack))
            for name, model in models.items()
        }


def _timed(model: ScoreModel, server: Server) -> ScoreModel:
    if server.timeout_seconds is None:
        return model
    deadline = max(server.timeout_seconds, model.deadline_seconds)
    return evolve(model, timeout_seconds=server.timeout_seconds, deadline_seconds=deadline)


async def _scorer(server: Server, stack: AsyncExitStack) -> "Scorer":
    if server.protocol == "grpc":
        return await _grpc(server, stack)
    import httpx

    from casefold_adapters.inference import OpenInferenceRest, PlainJson

    base = server.url if server.protocol == "rest" else ""
    client = await stack.enter_async_context(
        httpx.AsyncClient(base_url=base, headers=dict(server.headers), trust_env=False)
    )
    if server.protocol == "rest":
        return OpenInferenceRest(client, server.by_version)
    return PlainJson(client, server.url, server.version_at, server.repeatable)


async def _grpc(server: Server, stack: AsyncExitStack) -> "Scorer":
    import grpc
    from grpc import aio

    from casefold_adapters.inference import OPTIONS, OpenInferenceGrpc

    scheme, _, target = server.url.partition("://")
    options = (*OPTIONS, ("grpc.enable_http_proxy", 0))
    channel = (
        aio.secure_channel(target, grpc.ssl_channel_credentials(), options=options)
        if scheme == "grpcs"
        else aio.insecure_channel(target, options=options)
    )
    return OpenInferenceGrpc(await stack.enter_async_context(channel), server.headers)
