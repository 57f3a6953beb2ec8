"""What a learner sees of one item, and of all of them, as HTML."""

from collections.abc import Sequence

from markdown_it import MarkdownIt

from review.model.visible import visible
from review.teaching.answering.notebook import AskedItem
from review.teaching.answering.own_answers import LearnerAnswers
from review.teaching.answers import Response
from review.widgets.parts import text_html

# The class is written three times, so that the frame of the focus wins over JupyterLab's own rules.
STYLE = """<style>
.review-lesson .review-asked { border: 1px solid #767676; border-radius: 4px; padding: 0.2em 1em; }
.review-lesson .review-asked table { border-collapse: collapse; margin: 0.4em 0; }
.review-lesson .review-asked :is(th, td) { border: 1px solid #767676; padding: 0.2em 0.6em; }
.review-lesson .review-asked { line-height: 1.5; overflow-wrap: anywhere; }
.review-lesson .review-asked :is(h2, h3, h4) { font-size: 1.1em; margin: 0.5em 0; }
.review-lesson .review-asked p { margin: 0.5em 0; }
.review-lesson ol.review-steps { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3em; }
.review-lesson ol.review-steps { padding: 0; margin: 0.3em 0; }
.review-lesson ol.review-steps li { border: 1px solid #767676; border-radius: 4px; padding: 0 0.5em; }
.review-lesson ol.review-steps li[aria-current] { border: 2px solid #1a4f9c; font-weight: bold; }
.review-lesson.review-lesson.review-lesson :focus { outline: 3px solid #1a5fb4 !important; }
.review-lesson .widget-radio-box label { height: auto; min-height: 24px; white-space: normal; }
</style>"""

# No image and no link: what is asked quotes pages, and nothing of a page may be live or fetched.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_MARKDOWN.enable("table").disable(["image", "link", "autolink"])


def markdown_html(text: str) -> str:
    """Markdown as HTML in which nothing is live: no raw HTML, no image, no link."""
    return str(_MARKDOWN.render(visible(text)))


def about_html(item: AskedItem) -> str:
    """What an item and the others of its group are about: open, and it can be folded."""
    heading, _, rest = item.context.partition("\n")
    text = rest if heading.startswith("## ") else item.context
    if not text.strip():
        return ""
    about = f"<details open><summary>What it is about</summary>{markdown_html(text)}</details>"
    return f'<div class="review-asked" role="region" aria-label="What it is about">{about}</div>'


def asked_html(answers: LearnerAnswers, at: int) -> str:
    """What one item asks."""
    prompt = markdown_html(answers.items[at].prompt)
    return f'<div class="review-asked" role="region" aria-label="Question {at + 1}">{prompt}</div>'


def steps_html(answers: LearnerAnswers, at: int) -> str:
    """All items as a row of numbers: which is at hand, which are answered."""
    done = {item.item for item in answers.answered}
    steps = [
        f"<li{' aria-current=step' if place == at else ''}>{'▶ ' if place == at else ''}{place + 1} "
        f"{_state(answers, item, item.item in done)}</li>"
        for place, item in enumerate(answers.items)
    ]
    legend = "✓ answered, ○ open, ! two answers, ▶ the one at hand."
    return f'<ol class="review-steps" aria-label="Questions">{"".join(steps)}</ol>{legend}'


def _state(answers: LearnerAnswers, item: AskedItem, done: bool) -> str:
    if answers.differs(item):
        return "!"
    return "✓" if done else "○"


def differs_html(answers: LearnerAnswers, item: AskedItem) -> str:
    """What the cell and the form say, where the learner has to choose."""
    if not answers.differs(item):
        return ""
    return (
        '<div role="alert"><b>Two answers.</b> Choose the one that holds; the other is kept beside it.'
        f"<ul><li>t: typed into the cell of the notebook: {_answer_html(item.typed)}</li>"
        f"<li>f: given in this form: {_answer_html(answers.answer(item))}</li></ul></div>"
    )


def _answer_html(answer: Response) -> str:
    return f"{text_html(answer.value) or 'no answer'}. Reason: {text_html(answer.reason) or 'none'}"


def status_html(lines: Sequence[str]) -> str:
    """What was done, told by a screen reader when it has time."""
    return f'<div role="status">{" ".join(text_html(line) for line in lines)}</div>'
