"""Ask for a subject what its plan says: the model that serves, and shadows that cannot delay or fail its answer."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from casefold.policy.experiments import Plan, Planned
from casefold.policy.scorefacts import ScoreReceived, Unreachable
from casefold.policy.scores import ScoreModel
from casefold_adapters.inference.asking import Answer, Scorer, Timer, any_of, ask


@frozen
class Arm:
    """A model, and the server that has it.

    A shadow wants a client of its own: where connections are few, one waits for another.
    """

    model: ScoreModel
    scorer: Scorer


@frozen(eq=False)
class Serving:
    """The answer that serves, and the shadows that are still under way.

    Attributes:
        served: What came of asking the model that serves.
        waiting: The shadows, by arm.
    """

    served: Answer
    waiting: Mapping[str, asyncio.Task[Answer]]

    async def shadows(self) -> Mapping[str, Answer]:
        """Wait for the shadows, each until its own deadline."""
        await asyncio.gather(*self.waiting.values(), return_exceptions=True)
        return {arm: task.result() for arm, task in self.waiting.items() if not task.cancelled()}

    def drop(self) -> None:
        """Wait no longer."""
        _cancel(self.waiting.values())


async def serve(
    plan: Plan, arms: Mapping[str, Arm], *, timer: Timer | None = None, chance: Callable[[int], int] = any_of
) -> Serving:
    """Ask the model that serves and its shadows at once, and return as soon as the first has answered."""

    async def asked(planned: Planned) -> Answer:
        arm = arms[planned.arm]
        return await ask(arm.scorer, arm.model, planned.request, timer=timer, chance=chance)

    async def shadow(planned: Planned) -> Answer:
        try:
            return await asked(planned)
        except Exception as error:  # noqa: BLE001 - not even a bug in a shadow may hinder a decision
            broken = Unreachable(type(error).__name__)
            return Answer(ScoreReceived(planned.request.model, None, planned.request.digest, None, 0, 0, broken))

    served = asyncio.create_task(asked(plan.served))
    waiting = {each.arm: asyncio.create_task(shadow(each)) for each in plan.shadows}
    try:
        return Serving(await served, waiting)
    except BaseException:
        _cancel((served, *waiting.values()))
        raise


def _cancel(tasks: Iterable[asyncio.Task[Answer]]) -> None:
    for task in tasks:
        task.cancel()
