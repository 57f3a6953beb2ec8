"""Last stage of marking: the folder of feedback, whole or not at all."""

from review.report.folder import MANIFEST, manifest_of, write_folder
from review.report.formats.html import report_html
from review.teaching.marking.read import MarkingRequest, MarkingWatcher
from review.teaching.marking.summarise import Feedback
from review.teaching.side_by_side import side_by_side


def write_feedback(feedback: Feedback, request: MarkingRequest, watcher: MarkingWatcher) -> None:
    """Write all files of `feedback`, in place of an earlier marking.

    Raises OutputError when they cannot be written; then the folder is as it was.
    """
    documents = list(feedback.pages.values())
    with watcher.bar("Writing", len(documents)) as done:
        # A page whose process ended is written in this one: no learner goes without.
        pages = side_by_side(report_html, documents, request.workers, report_html, done)
    written = {name: page.encode() for name, page in zip(feedback.pages, pages, strict=True)}
    contents = {**written, **feedback.data}
    write_folder(request.out, {**contents, MANIFEST: manifest_of(contents, feedback.evidence)})
