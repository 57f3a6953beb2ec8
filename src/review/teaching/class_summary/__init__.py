"""The summary of a class for its teacher: one page, the gradebook, and the same as data."""

from review.teaching.class_summary.data import summary_data
from review.teaching.class_summary.gradebook import gradebook
from review.teaching.class_summary.page import PAGES, summary_page
from review.teaching.class_summary.results import LessonResult, lesson_results

__all__ = ["PAGES", "LessonResult", "gradebook", "lesson_results", "summary_data", "summary_page"]
