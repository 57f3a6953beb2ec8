"""Facts read by machine, confirmed on disk: each step is written to the study's file at once."""

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from review.model.errors import InField, ParameterError
from review.model.records import Evidence, Study
from review.people.confirming import Confirmation, Reader, with_confirmation
from review.people.entries import Entered
from review.store.additions.taking import study_file, study_text
from review.store.files.together import changing
from review.store.files.whole_file import write_whole
from review.store.read import read_evidence


def record_confirmation(
    folders: Sequence[Path], key: str, done: Confirmation, reader: Reader, now: datetime,
    seen: Study | None = None,
) -> tuple[Study, Path]:  # fmt: skip
    """Do what a person did with the facts of a study, in the folder where it stands.

    Evidence is read and written under one lock; `seen` is the study as the person saw it, where that is
    known: one that has changed since is not written. Gives the study and its file. Raises ParameterError
    with every problem, InputError or EvidenceError where the evidence cannot be used, OutputError where
    the file cannot be written; then nothing is changed.
    """
    with changing(*folders):
        evidence = read_evidence(folders)
        study = known_study(evidence, key)
        if seen is not None and seen != study:
            fault, remedy = f"{key} has changed since it was shown", "Look at it again."
            raise ParameterError.at(InField(Entered.STUDY), fault, remedy=remedy)
        linked = [link.finding for link in evidence.links.values() if link.study == key]
        changed = with_confirmation(study, done, reader, now, linked)
        path = Path(evidence.places["study", key].path)
        # The place is the file itself, in whichever of the folders.
        folder = next(folder for folder in folders if (folder / study_file(key)) == path)
        write_whole(folder / study_file(key), study_text(changed, evidence).encode())
    return changed, path


def known_study(evidence: Evidence, key: str) -> Study:
    """The study of that key. Raises ParameterError where there is none."""
    if key in evidence.studies:
        return evidence.studies[key]
    close = get_close_matches(key, evidence.studies, n=1)
    remedy = f"Did you mean {close[0]!r}?" if close else "See the files in studies/."
    raise ParameterError.at(InField(Entered.STUDY), f"there is no study {key!r}", remedy=remedy)
