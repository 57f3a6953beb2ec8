"""From a folder of returned notebooks to a folder of feedback, in one pass."""

from review.teaching.marking.mark import MarkedClass, mark_class
from review.teaching.marking.read import MarkingRequest, MarkingWatcher, read_class
from review.teaching.marking.summarise import summarise
from review.teaching.marking.write import write_feedback


def mark_folder(request: MarkingRequest, watcher: MarkingWatcher) -> MarkedClass:
    """Mark what a class handed in and write the feedback; gives the marks.

    Raises InputError, EvidenceError or OutputError; then nothing is written.
    """
    work = read_class(request, watcher)
    marked = mark_class(work)
    feedback = summarise(marked)
    write_feedback(feedback, request, watcher)
    return marked
