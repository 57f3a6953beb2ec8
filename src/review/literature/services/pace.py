"""How fast a server is asked: one limiter a host, by a clock that never goes back."""

from collections.abc import Callable, Mapping

from review.literature.services.request import Request
from review.literature.services.terms import TERMS, Service


class Pace:
    """Waits before a request until its host may be asked again.

    `clock` gives seconds that never go back, `sleep` waits for some. `keyed` are the services for which
    the user has a key. The pace is that of one process: two at once ask twice as fast.
    """

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], None], keyed: frozenset[Service]
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._keyed = keyed
        self._last: dict[str, float] = {}
        self._slowed: dict[str, float] = {}

    def wait(self, request: Request) -> None:
        """Wait until this request may be sent, and count it as sent."""
        host = TERMS[request.service].host
        interval = max(self.interval(request), self._slowed.get(host, 0.0))
        if host in self._last:
            left = self._last[host] + interval - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[host] = self._clock()

    def pause(self, seconds: float) -> None:
        """Wait as long as a server asked for."""
        self._sleep(seconds)

    def heed(self, service: Service, headers: Mapping[str, str]) -> None:
        """Ask a host no faster than it says itself (Crossref: so many in an interval such as `1s`)."""
        limit, interval = headers.get("x-rate-limit-limit", ""), headers.get("x-rate-limit-interval", "")
        seconds = interval.removesuffix("s")
        if limit.isdecimal() and int(limit) and seconds.isdecimal():
            self._slowed[TERMS[service].host] = int(seconds) / int(limit)

    def interval(self, request: Request) -> float:
        """Seconds between two requests of this kind."""
        terms = TERMS[request.service]
        if request.is_list and terms.lists_per_second:
            return 1 / terms.lists_per_second
        keyed = request.service in self._keyed and terms.per_second_with_key
        return 1 / (terms.per_second_with_key if keyed else terms.per_second)
