"""Work that ends the process which does it; importing it takes no time."""

import os


def ten_times(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number * 10
