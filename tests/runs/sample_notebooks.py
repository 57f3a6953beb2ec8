"""Small notebooks for the tests of runs."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

EVERYTHING = (
    "x = 1  # parameters",
    "import sys\nprint('out'); print('more')\nprint('err', file=sys.stderr)",
    "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['<b>', None]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('drawn');",
    "from IPython.display import HTML, Image, Markdown, display, clear_output\n"
    "display(HTML('<i>x</i>'), Markdown('*y*'), {'z': 1})",
    "handle = display('first', display_id=True)",
    "handle.update('second')",
    "print('gone'); clear_output(); print('stays')",
    "print('gone too'); clear_output(wait=True); print('stays too')",
    "import ipywidgets\nipywidgets.IntSlider(value=3)",
    "box = ipywidgets.Output()\nwith box:\n    print('within')\nbox",
    "!echo from the shell",
    "%%capture held\nprint('captured')",
    "held.stdout",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "import warnings\nwarnings.warn('careful', UserWarning)",
    "import logging\nlogging.warning('logged')",
    "class Own:\n    def _repr_mimebundle_(self, **_):\n"
    "        return {'text/plain': 'own', 'text/latex': '$x$'}\nOwn()",
    "class Bad:\n    def __repr__(self):\n        raise ValueError('no words')\nprint('before')",
    "for n in range(3):\n    print(n, flush=True)",
    "print('half', end='\\r'); print('whole')",
    "get_ipython().__class__.__name__, __name__, sys.argv[0].rpartition('/')[2]",
    "In[2], _i, len(Out)",
    "import review.model.version\nreview.model.version.__name__",
    "plt.figure(figsize=(1, 1)); plt.bar([1], [2]); plt.show(); print('after')",
    "pd.Series([0.1, 0.25], name='s')",
    "'ümläut 漢字 \U0001f600'",
    "print('\\x1b[31mred\\x1b[0m')",
    "input('your name?')",
)
"""Cells that show all that a cell can show; the one before the last but three raises nothing."""

MAY_FAIL = ("input(", "1 / 0")


def notebook(path: Path, *sources: str, parameters: bool = True) -> Path:
    """Write a notebook of code cells; the first declares the parameters."""
    cells = [new_markdown_cell("# A notebook"), *(new_code_cell(source) for source in sources)]
    if parameters:
        cells[1].metadata.tags = ["parameters"]
    for cell in cells[2:]:
        if cell.source.startswith(MAY_FAIL):
            cell.metadata.tags = ["raises-exception"]
    node = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(node, path)
    return path
