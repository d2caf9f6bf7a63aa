"""Measure the peers of panel.py and print one line of JSON; PostgreSQL comes by libpq's variables."""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import panel
from killing import killed
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

Debate = Callable[[int], Awaitable[int]]
Row = dict[str, Any]


async def row(name: str, what: str, setup: str, debate: Debate, runs: int, debates: int) -> Row:
    """Time debates one after the other; a value is milliseconds of wall time for one call."""
    number, values = 0, []
    for run in range(runs + 1):
        calls, start = 0, time.perf_counter()
        for _ in range(debates):
            number += 1
            calls += await debate(number)
        if run > 0:
            values.append((time.perf_counter() - start) * 1000 / calls)
    per_debate = calls // debates
    how = f"{setup}; {debates} debates of {per_debate} calls a run, one after the other"
    return {"id": name, "what": what, "unit": "ms", "setup": how, "values": values}


def on_graph(graph: Any) -> Debate:
    """One LangGraph debate, each step on disk before the next where there is a checkpointer."""

    async def debate(number: int) -> int:
        config = {"configurable": {"thread_id": str(number)}}
        extra = {"durability": "sync"} if graph.checkpointer else {}
        state = await graph.ainvoke({"question": panel.QUESTION, "said": []}, config, **extra)
        return len(state["said"])

    return debate


async def langgraph(runs: int, debates: int, folder: str) -> list[Row]:
    """LangGraph with nothing, and with its three checkpointers."""
    builder = panel.graph(panel.at_once)
    what = "LangGraph 1.2, {}, wall time of a call"
    rows = [
        await row(
            "langgraph",
            what.format("no checkpointer"),
            "StateGraph of nine nodes, nothing kept",
            on_graph(builder.compile()),
            runs,
            debates,
        ),
        await row(
            "langgraph_memory",
            what.format("InMemorySaver"),
            "checkpoints in the process's memory",
            on_graph(builder.compile(checkpointer=InMemorySaver())),
            runs,
            debates,
        ),
    ]
    async with AsyncSqliteSaver.from_conn_string(f"{folder}/graph.sqlite") as sqlite:
        graph = builder.compile(checkpointer=sqlite)
        setup = "checkpoints in a SQLite file, durability=sync"
        name = what.format("SQLite checkpointer")
        rows.append(await row("langgraph_sqlite", name, setup, on_graph(graph), runs, debates))
    async with AsyncPostgresSaver.from_conn_string("") as postgres:
        await postgres.setup()
        graph = builder.compile(checkpointer=postgres)
        setup = "checkpoints in the bench's PostgreSQL, fsync on, durability=sync"
        name = what.format("PostgreSQL checkpointer")
        rows.append(await row("langgraph_postgres", name, setup, on_graph(graph), runs, debates))
    return rows


async def measure(runs: int, debates: int, kills: int) -> list[Row]:
    """All peers in one process, one after the other."""
    rows = [
        await row(
            "aragora_debate",
            "aragora-debate 0.2, wall time of a call",
            "Arena, one round, its receipt, nothing kept",
            lambda number: panel.aragora_debate(),
            runs,
            debates,
        )
    ]
    runtime = await panel.autogen_runtime()
    setup = "autogen-core, one runtime, a message a call, nothing kept"
    name = "AutoGen 0.7, wall time of a call"
    rows.append(
        await row(
            "autogen", name, setup, lambda number: panel.autogen(runtime, number), runs, debates
        )
    )
    await runtime.stop()
    with tempfile.TemporaryDirectory() as folder:
        rows += await langgraph(runs, debates, folder)
        rows += killed(Path(folder), kills)
    return rows


def main() -> None:
    """Read how much to measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--debates", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    wanted = parser.parse_args()
    rows = asyncio.run(measure(wanted.runs, wanted.debates, wanted.kills))
    print(json.dumps({"rows": rows}))


if __name__ == "__main__":
    main()
