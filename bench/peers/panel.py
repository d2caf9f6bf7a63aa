"""The same panel in three peers: three seats that draft, challenge and vote, at no model time."""

from __future__ import annotations

import asyncio
import operator
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from aragora_debate import Agent, Arena, Critique, DebateConfig, Message, Vote
from autogen_core import (
    AgentId,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
    message_handler,
)
from langgraph.graph import END, START, StateGraph

SEATS = ("1", "2", "3")
MOVES = ("draft", "challenge", "ballot")
TEXT = "It is faster and cheaper, but it lacks an audit trail and support is slow. " * 4
QUESTION = "Should we roll the new billing tool out to all teams this month?"

Model = Callable[[str, str], Awaitable[str]]


async def at_once(move: str, seat: str) -> str:
    """Answer without any delay."""
    return f"{move} of seat {seat}: {TEXT}"


class State(TypedDict):
    """What seats have said so far."""

    question: str
    said: Annotated[list[str], operator.add]


def graph(model: Model) -> StateGraph:
    """Build LangGraph's panel: nine nodes, each move's three side by side."""
    builder = StateGraph(State)

    def node(move: str, seat: str) -> Callable[[State], Awaitable[dict[str, list[str]]]]:
        async def ask(state: State) -> dict[str, list[str]]:
            return {"said": [await model(move, seat)]}

        return ask

    before: list[str] = []
    for move in MOVES:
        names = [f"{move}-{seat}" for seat in SEATS]
        for name, seat in zip(names, SEATS, strict=True):
            builder.add_node(name, node(move, seat))
            if before:
                builder.add_edge(before, name)
            else:
                builder.add_edge(START, name)
        before = names
    builder.add_edge(before, END)
    return builder


class CountingAgent(Agent):
    """A seat of aragora-debate that counts what it was asked."""

    calls = 0

    async def generate(self, prompt: str, context: list[Message] | None = None) -> str:
        CountingAgent.calls += 1
        return await at_once("draft", self.name)

    async def critique(
        self,
        proposal: str,
        task: str,
        context: list[Message] | None = None,
        target_agent: str | None = None,
    ) -> Critique:
        CountingAgent.calls += 1
        text = await at_once("challenge", self.name)
        return Critique(
            agent=self.name,
            target_agent=target_agent or "unknown",
            target_content=proposal,
            issues=[text],
            suggestions=["show the figures"],
            severity=5.0,
        )

    async def vote(self, proposals: dict[str, str], task: str) -> Vote:
        CountingAgent.calls += 1
        text = await at_once("ballot", self.name)
        return Vote(agent=self.name, choice=next(iter(proposals)), confidence=0.8, reasoning=text)


async def aragora_debate() -> int:
    """Run one debate of one round with its receipt; return its calls."""
    CountingAgent.calls = 0
    agents: list[Agent] = [CountingAgent(f"seat-{seat}") for seat in SEATS]
    arena = Arena(question=QUESTION, agents=agents, config=DebateConfig(rounds=1))
    result = await arena.run()
    if result.receipt is None:
        raise RuntimeError("no receipt")
    return CountingAgent.calls


@dataclass
class Ask:
    """A move asked of a seat."""

    move: str
    material: list[str]


@dataclass
class Said:
    """What the seat answered."""

    text: str


class SeatAgent(RoutedAgent):
    """A seat of AutoGen."""

    @message_handler
    async def answer(self, message: Ask, ctx: MessageContext) -> Said:
        return Said(await at_once(message.move, self.id.key))


async def autogen_runtime() -> SingleThreadedAgentRuntime:
    """Start AutoGen's runtime with the seats registered."""
    runtime = SingleThreadedAgentRuntime()
    await SeatAgent.register(runtime, "seat", lambda: SeatAgent("a seat"))
    runtime.start()
    return runtime


async def autogen(runtime: SingleThreadedAgentRuntime, debate: int) -> int:
    """Run one panel by messages; return its calls."""
    said: list[Any] = []
    for move in MOVES:
        material = [each.text for each in said]
        said += await asyncio.gather(
            *(
                runtime.send_message(Ask(move, material), AgentId("seat", f"{debate}-{seat}"))
                for seat in SEATS
            )
        )
    return len(said)
