"""A Spark application: where it runs, and how its workers get this package."""

import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jobtide.errors import ConfigError, JobtideError

if TYPE_CHECKING:
    from pyspark import SparkContext

#: Ours; what the user sets with --conf wins.
SETTINGS = {
    "spark.app.name": "jobtide backfill",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.python.worker.reuse": "true",
    #: A lost executor's tasks are tried again elsewhere.
    "spark.task.maxFailures": "4",
}

#: The folder of a worker in which this package is found.
_UNPACKED = "jobtide_package"

_PACKAGE = Path(__file__).resolve().parents[1]


@contextmanager
def spark_context(master: str, settings: Mapping[str, str]) -> Iterator["SparkContext"]:
    """
    Yield a Spark context at `master` ("local[2]", "spark://host:7077", ...), and end it.

    Workers of a cluster get this package as an archive, unpacked where they work, because it reads
    files of its own. The packages it needs must be in their Python: by default the one that runs
    here, at the same path, else what the setting `spark.pyspark.python` names.

    Raises:
        ConfigError: PySpark is not installed.
        JobtideError: Spark did not start.
    """
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        raise ConfigError("Spark needs pyspark: pip install 'jobtide[spark]'") from None
    with TemporaryDirectory(prefix="jobtide-spark-") as folder:
        wanted = SETTINGS | _placed(master, Path(folder)) | dict(settings)
        conf = SparkConf().setMaster(master).setAll(list(wanted.items()))
        try:
            context = SparkContext(conf=conf)
        except Exception as error:  # PySpark's and py4j's errors share no root
            words = str(error).strip().splitlines() or [type(error).__name__]
            raise JobtideError(f"Spark at {master} did not start: {words[0]}") from error
        try:
            context.setLogLevel("OFF")
            context.pythonExec = wanted.get("spark.pyspark.python", sys.executable)
            yield context
        finally:
            context.stop()


def _placed(master: str, folder: Path) -> dict[str, str]:
    """Return the settings that depend on where the work is done."""
    if master.startswith("local"):
        return {"spark.driver.host": "127.0.0.1"}
    here = {"spark.driver.host": "127.0.0.1"} if "//127.0.0.1" in master else {}
    return here | {
        "spark.archives": f"{zipped(folder)}#{_UNPACKED}",
        "spark.executorEnv.PYTHONPATH": _UNPACKED,
    }


def zipped(folder: Path) -> Path:
    """Write this package, with its data, as a zip; return it."""
    target = folder / "jobtide.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_PACKAGE.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, Path("jobtide") / path.relative_to(_PACKAGE))
    return target
