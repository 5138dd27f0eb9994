"""In which order boards are read: one board a host at a time, hosts in turn."""

from collections import deque
from collections.abc import Iterable

from jobtide.fetch.errand import Errand
from jobtide.fetch.guard import host_of

#: How many errands wait here at most while their hosts are busy. Each is about 1 KiB.
LOOK_AHEAD = 10_000


class Agenda:
    """Errands that wait, a queue a host; many boards of one host do not hold up the others."""

    def __init__(self, errands: Iterable[Errand]) -> None:
        self._source = iter(errands)
        self._ended = False
        self._waiting: dict[str, deque[Errand]] = {}
        self._size = 0
        self._ready: deque[str] = deque()  #: hosts that have errands and are free
        self._busy: set[str] = set()

    def next(self) -> Errand | None:
        """Return an errand whose host is free; None: wait for one to end, or all are done."""
        while not self._ready and self._size < LOOK_AHEAD and not self._ended:
            self._pull()
        if not self._ready:
            return None
        host = self._ready.popleft()
        self._busy.add(host)
        self._size -= 1
        return self._waiting[host].popleft()

    def ended(self, errand: Errand) -> None:
        """Note that a board has been read: its host is free, and comes after the others."""
        host = host_of(errand.request.url)
        self._busy.discard(host)
        if self._waiting[host]:
            self._ready.append(host)
        else:
            del self._waiting[host]

    def _pull(self) -> None:
        """Take one more errand in."""
        errand = next(self._source, None)
        if errand is None:
            self._ended = True
            return
        host = host_of(errand.request.url)
        queue = self._waiting.setdefault(host, deque())
        if not queue and host not in self._busy:
            self._ready.append(host)
        queue.append(errand)
        self._size += 1
