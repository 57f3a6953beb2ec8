"""The registered trials in a file of hits, which holds them beside their papers."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from review.literature.services.trials import Trial

_TRIAL: TypeAdapter[Trial] = TypeAdapter(Trial)


def trials_in(files: Sequence[Path]) -> Mapping[str, Trial]:
    """The trials of the JSON files among `files`, by number.

    What is no file of hits holds none: whatever is wrong with a file was told when it was read.
    """
    trials: dict[str, Trial] = {}
    for path in files:
        if path.suffix.lower() != ".json":
            continue
        try:
            items = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            continue
        for item in items if isinstance(items, list) else []:
            custom = item.get("custom") if isinstance(item, dict) else None
            entry = custom.get("trial") if isinstance(custom, dict) else None
            if entry:
                try:
                    trial = _TRIAL.validate_python(entry)
                except ValidationError:
                    continue
                trials[trial.nct.upper()] = trial
    return trials
