"""Compares accuracy and speed of the parser with its peers: `make bench` or `python -m tests.bench.bench`.

Prints one table per suite, the speed of `newsvane parse --jsonl`, the floor, slowest pages and memory (see
parse_speed), and the cross-validated scores of the tuned constants (see crossval).

Needs score.py and the pages of shared/data/articles, beside the repository or further up. Each peer is installed into
an environment in a temporary folder, removed after the run; one that cannot be installed is skipped with a message.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path("shared", "data", "articles")
ARTICLES = next((above / PAGES for above in ROOT.parents if (above / PAGES).is_dir()), ROOT.parent / PAGES)
SUITES = ("fundus", "trafilatura", "zyte", "htmldate", "wcxb")
PEERS = {"trafilatura": ("trafilatura", "lxml_html_clean"), "newspaper4k": ("newspaper4k", "lxml_html_clean")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", action="append", choices=[*PEERS, "none"], help="default: all")
    parser.add_argument(
        "--pages", type=int, default=4_000, help="pages parsed while memory is watched (100000: an hour)"
    )
    options = parser.parse_args()
    chosen = options.peer or [*PEERS]
    score = ARTICLES / "score.py"
    if not score.is_file():
        print(f"bench: {score} does not exist; the shared pages and score.py are needed", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="newsvane-bench-") as folder:
        scratch = Path(folder)
        predictions = [_predict(Path(sys.executable), score, "newsvane", "tests.bench.predict:predict", scratch)]
        for peer in chosen:
            if peer != "none" and (python := environment_with(peer, scratch)):
                out = _predict(python, score, peer, f"tests.bench.peers:{peer}", scratch)
                if failure := _failure(out):
                    print(f"bench: {peer} skipped, it failed on every page: {failure}", file=sys.stderr)
                else:
                    predictions.append(out)
        for suite in SUITES:
            files = [str(path) for path in predictions]
            table = [sys.executable, str(score), "score", *files, "--suite", suite, "--no-rouge"]
            subprocess.run([*table, "--upper-bound", "newsvane"], check=True)
        command = f"{Path(sys.executable).with_name('newsvane')} parse --jsonl"
        out = str(scratch / "newsvane-command.jsonl")
        print()
        _run_predict(
            [sys.executable, str(score), "predict", "--cmd", command, "--out", out],
            "newsvane parse --jsonl, JSON in to JSON out",
        )
    for module, *more in (("parse_speed", "--pages", str(options.pages)), ("crossval",)):
        print(flush=True)
        subprocess.run([sys.executable, "-m", f"tests.bench.{module}", str(ARTICLES), *more], check=True, cwd=ROOT)
    return 0


def environment_with(peer: str, scratch: Path) -> Path | None:
    """A Python interpreter with the peer installed, or None where it cannot be installed."""
    folder = scratch / f"env-{peer}"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS[peer]]
    done = subprocess.run(install, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"bench: {peer} skipped, it cannot be installed: {reason}", file=sys.stderr)
        return None
    return python


def _failure(out: Path) -> str | None:
    """The error of the first page if every page has one: the peer did not run at all."""
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line]
    return str(rows[0]["error"]) if rows and all("error" in row for row in rows) else None


def _predict(python: Path, score: Path, name: str, call: str, scratch: Path) -> Path:
    out = scratch / f"{name}.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    _run_predict([str(python), str(score), "predict", "--call", call, "--out", str(out)], name, environment)
    return out


def _run_predict(command: list[str], name: str, environment: dict[str, str] | None = None) -> None:
    """Run score.py predict, and print its speed in one line."""
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    result = json.loads(done.stdout[done.stdout.index("{") :])
    speed = f"{result['pages_per_cpu_s']:.0f} pages per CPU second"
    print(f"{name}: {result['pages']} pages, {result['errors']} errors, {speed}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
