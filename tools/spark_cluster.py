"""A Spark standalone cluster of our own on loopback: one master and some workers."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EXECUTOR = b"org.apache.spark.executor.CoarseGrainedExecutorBackend"


def available() -> str | None:
    """Return why there can be no cluster here, or None."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pip install 'jobtide[spark]'"
    return None if shutil.which("java") else "no Java; on Debian: apt-get install default-jre"


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """Run a cluster whose files lie in `folder`; yield the address of its master."""
    folder.mkdir(parents=True, exist_ok=True)
    running: list[subprocess.Popen[bytes]] = []
    try:
        master = _start(folder, "master", "org.apache.spark.deploy.master.Master", "--port", "0")
        running.append(master)
        url = _said(folder / "master.log", r"Starting Spark master at (spark://\S+)", master)
        for number in range(workers):
            name = f"worker{number}"
            kind = "org.apache.spark.deploy.worker.Worker"
            limits = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / name))
            running.append(_start(folder, name, kind, "--port", "0", *limits, url))
        for number in range(workers):
            log = folder / f"worker{number}.log"
            _said(log, r"(Successfully registered) with master", running[number + 1])
        yield url
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(20)


def executors(folder: Path) -> list[int]:
    """Return the process ids of the executors of the cluster whose files lie in `folder`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                where = str((entry / "cwd").readlink())
            except OSError:
                continue  # it ended meanwhile
            if _EXECUTOR in words and where.startswith(str(folder)):
                found.append(int(entry.name))
    return sorted(found)


def _start(folder: Path, name: str, kind: str, *words: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    own = ("--host", "127.0.0.1", "--webui-port", "0")
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [home / "bin" / "spark-class", kind, *own, *words],
            stdout=log,
            stderr=log,
            cwd=folder,
            env={
                **os.environ,
                "SPARK_HOME": str(home),
                "SPARK_LOCAL_IP": "127.0.0.1",
                "SPARK_DAEMON_MEMORY": "256m",
                "PYSPARK_PYTHON": sys.executable,
            },
        )


def _said(log: Path, pattern: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        found = re.search(pattern, log.read_text(errors="replace"))
        if found:
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"Spark did not start: {log.read_text(errors='replace')[-800:]}")
