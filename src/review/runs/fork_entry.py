"""The entry point of the engine `review-fork`: light, since papermill loads it whenever it is imported.

Nothing else imports this module: papermill has to be on its way in when it is loaded.
"""

from typing import Any

from papermill.engines import Engine


class ForkEntry(Engine):  # type: ignore[misc]
    """Hands a notebook to the engine, which is loaded then and not before."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run the notebook that `nb_man` holds; raises what the engine raises."""
        from review.runs.fork_engine import ForkEngine

        return ForkEngine.execute_managed_notebook(nb_man, kernel_name, **kwargs)
