"""Triage: a person goes through the claims suggested for a page, accepts, mends or refuses each.

A `Session` is what the page, the suggestions and the rows written so far say together, and nothing
else: read again from the files it is the same. Each action gives the rows to be written, or raises
with everything that forbids it; nothing here reads or writes a file.
"""

from review.people.triage.items import By, Change, ClaimDraft, Suggested, TriageItem, TriageState
from review.people.triage.session import Session

__all__ = ["By", "Change", "ClaimDraft", "Session", "Suggested", "TriageItem", "TriageState"]
