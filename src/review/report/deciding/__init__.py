"""The sheet on which a director decides within the report, once for all copies of a sentence."""
