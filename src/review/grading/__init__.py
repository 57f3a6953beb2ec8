"""Published grading rules as pure functions: judgements in, grade and steps out."""
