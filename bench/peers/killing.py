"""Kill LangGraph in the middle of a debate, let it resume from its checkpoints, count the calls."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

CALLS = 9


def killed(folder: Path, kills: int) -> list[dict[str, Any]]:
    """Kill and resume so many debates on a SQLite checkpointer; report calls made again."""
    chance = random.Random(7)
    ended, again_done, again_open = 0, 0, 0
    for number in range(kills):
        journal = folder / f"calls-{number}"
        first = spawn(folder, number, journal)
        while not journal.exists():
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.45))
        first.send_signal(signal.SIGKILL)
        first.wait()
        before = journal.read_text().split()
        done = {line[1:] for line in before if line.startswith("-")}
        seen = {line[1:] for line in before if line.startswith("+")}
        ended += spawn(folder, number, journal).wait() == 0
        later = journal.read_text().split()[len(before) :]
        asked = {line[1:] for line in later if line.startswith("+")}
        again_done += len(asked & done)
        again_open += len(asked & (seen - done))
    setup = (
        f"{kills} debates of {CALLS} calls, SQLite checkpointer, durability=sync, each killed with "
        "SIGKILL at a random moment and resumed by thread_id; seats take 60, 90 and 120 ms"
    )
    what = "LangGraph after kill -9: "
    return [
        result("langgraph_kill_ended", what + "debates that ended", "debates", setup, ended),
        result(
            "langgraph_kill_completed_again",
            what + "calls that had answered and were made again",
            "calls",
            setup,
            again_done,
        ),
        result(
            "langgraph_kill_open_again",
            what + "calls cut off and made again, nothing said of the first",
            "calls",
            setup,
            again_open,
        ),
    ]


def result(name: str, what: str, unit: str, setup: str, value: int) -> dict[str, Any]:
    """One row of one value."""
    return {"id": name, "what": what, "unit": unit, "setup": setup, "values": [value]}


def spawn(folder: Path, number: int, journal: Path) -> subprocess.Popen[bytes]:
    """Start or resume a debate in a process of its own."""
    command = [sys.executable, __file__, str(folder / "kill.sqlite"), str(number), str(journal)]
    return subprocess.Popen(command)


async def carry(database: str, number: str, journal: Path) -> None:
    """Run the debate to its end; writes + when a call begins and - when its answer is there."""
    import panel
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    def note(sign: str, move: str, seat: str) -> None:
        with journal.open("a") as file:
            file.write(f"{sign}{move}-{seat}\n")
            file.flush()
            os.fsync(file.fileno())

    async def model(move: str, seat: str) -> str:
        note("+", move, seat)
        await asyncio.sleep(0.03 * (1 + int(seat)))
        note("-", move, seat)
        return await panel.at_once(move, seat)

    config = {"configurable": {"thread_id": number}}
    async with AsyncSqliteSaver.from_conn_string(database) as saver:
        graph = panel.graph(model).compile(checkpointer=saver)
        kept = await graph.aget_state(config)
        start = None if kept.created_at else {"question": panel.QUESTION, "said": []}
        state = await graph.ainvoke(start, config, durability="sync")
        if len(state["said"]) != CALLS:
            raise SystemExit(f"a debate of {len(state['said'])} answers")


if __name__ == "__main__":
    asyncio.run(carry(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
