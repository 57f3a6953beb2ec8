"""Relations of a folder that cannot all hold are told at the row that breaks the others."""

import pytest

from review.model.errors import EvidenceError
from review.store.read import read_evidence

ROWS = {
    "judged twice": ("harms,regrows,conflicts", "regrows,harms,same"),
    "never true": ("harms,costs,implies", "costs,regrows,implies", "harms,regrows,conflicts"),
    "follows": ("harms,costs,implies", "costs,regrows,implies", "regrows,harms,compatible"),
}
FAULTS = {
    "judged twice": "judges a pair that was judged otherwise, with rel-001",
    "never true": "makes 'harms' a statement that can never be true, with rel-001, rel-002",
    "follows": "calls independent what follows, with rel-001, rel-002",
}


@pytest.mark.parametrize("case", ROWS)
def test_relations_that_quarrel_are_a_problem(folder, case):
    rows = [f"rel-{number:03},{row},because" for number, row in enumerate(ROWS[case], start=1)]
    head = "relation,proposition,other,kind,reason"
    (folder / "relations.csv").write_text("\n".join([head, *rows, ""]), "utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_evidence([folder])
    (problem,) = caught.value.problems
    assert f"relations.csv:{len(rows) + 1}: " in str(problem)
    assert FAULTS[case] in str(problem)
