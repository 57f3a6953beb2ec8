"""Files beside the evidence that a command is given: cases, effect sizes, reports."""
