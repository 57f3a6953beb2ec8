"""The claims of a page: its segments, where a claim may begin and end, which stretches are claims."""
