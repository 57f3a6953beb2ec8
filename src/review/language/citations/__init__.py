"""Where a page names a source: references, marks that lead to them, studies, bodies, "studies show".

Pure: the words come from packs, and nothing is looked up.
"""
