"""Settings of the documentation, built without any network: ``sphinx-build -W -n docs docs/_build/html``."""

import builtins
from importlib.metadata import version as installed_version

project = "rmatch"
author = "The rmatch authors"
copyright = f"2026, {author}"
release = version = installed_version("reverse-mentoring")

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"rmatch {release}"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

# Types stand once, in the sections of the docstring; members are listed by autodoc, in the order of the source.
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
numpydoc_show_class_members = False

# Every cross-reference has to lead somewhere. Those to other projects would need their inventories from the network.
nitpick_ignore = [(f"py:{kind}", name) for name in dir(builtins) for kind in ("class", "exc", "func", "obj")]
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(argparse|collections|concurrent|dataclasses|datetime|enum|logging|os|pathlib|random|typing)(\..*)?",
    ),
    (r"py:.*", r"(narwhals|networkx|nw|nx|np|numpy|pandas|polars|pydantic|scipy)(\..*)?"),
]
