"""
The seam for engines: where work runs. Four verbs are enough.

An engine never sees a posting's fields; a step never sees an engine. `Data` is the engine's own
lazy collection (an iterator, a list of shards, a Spark RDD): code above passes it on and never
looks inside, so nothing but `collect` brings data back to the machine that started the run.

`local` runs in this process, `processes` on all cores of this machine.
"""

from jobtide.engine.protocol import Data, Engine

__all__ = ("Data", "Engine")
