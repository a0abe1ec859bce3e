"""Starts the reader in its own process: `python -I child.py`, with the order on standard input (see reading/).

The package is loaded by its place and not through the search path, so that nothing else of the project can be imported.
"""

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location

if __name__ == "__main__":
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reading")
    spec = spec_from_file_location("reading", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder])
    if spec is None or spec.loader is None:
        raise ImportError(folder)
    package = sys.modules["reading"] = module_from_spec(spec)
    spec.loader.exec_module(package)
    from reading.main import main

    main()
