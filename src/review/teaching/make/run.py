"""Making a lesson, in one pass: read, draw, make, write."""

from collections.abc import Sequence
from pathlib import Path

from review.store.files.whole_folder import write_new_folder
from review.teaching.make.draw import draw_papers
from review.teaching.make.files import lesson_files
from review.teaching.make.read import LessonRequest, read_material
from review.teaching.make.roster import Roster


def make_lesson(request: LessonRequest, project: Path) -> tuple[Roster, Sequence[str]]:
    """Make the folder `request.out`; gives the class, and the names of the files in the folder.

    Raises ParameterError, InputError, EvidenceError, RunError or OutputError; then there is no folder.
    """
    material = read_material(request, project)
    papers = draw_papers(material, request)
    files = lesson_files(material, papers)
    write_new_folder(request.out, files)
    return material.roster, sorted(files)
