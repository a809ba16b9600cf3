"""Settings of the documentation, built without any network: ``sphinx-build -W -n docs docs/_build/html``."""

import builtins
import logging
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

from docutils.nodes import Text, literal_block

project = "rmatch"
author = "The rmatch authors"
copyright = f"2026, {author}"
pyproject = tomllib.loads(
    (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
)
release = version = pyproject["project"]["version"]

sys.path.append(str(Path(__file__).parent / "_ext"))
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.extlinks",
    "numpydoc",
    "sphinx_copybutton",
    "sphinx_gallery.gen_gallery",
    "api",
    "breaks",
    "mathml",
    "offline",
]
exclude_patterns = [
    "_build",
    "explanation/benchmark-results.md",
]  # the latter is included by a page
html_theme = "furo"
html_title = f"rmatch {release}"
html_theme_options = {"top_of_page_buttons": []}
templates_path = ["_templates"]
# The second folder has the font for formulas, STIX Two Math: few systems for phones bring one.
html_static_path = ["_static", str(files("ziamath") / "fonts")]
html_css_files = ["rmatch.css"]

# The examples run at every build, so that no picture is older than the code. Grey ink without a background is legible on
# light and on dark pages.
sphinx_gallery_conf = {
    "examples_dirs": ["../examples/gallery"],
    "gallery_dirs": ["gallery"],
    "reset_modules": ("pictures.in_grey_ink",),
    "image_scrapers": ("pictures.scraper",),
    "run_stale_examples": True,
    "capture_repr": (),  # what is printed is shown, not what the last line returns
    "min_reported_time": 3600,
    "show_memory": False,
    "show_signature": False,
    "write_computation_times": False,  # that page would load scripts from elsewhere
    "download_all_examples": False,
    "within_subsection_order": "FileNameSortKey",
}

html_math_renderer = "mathml"
# Copied is what can be run: no prompts and nothing that was printed.
copybutton_prompt_text = r">>> |\.\.\. ?|\$ "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

# Docstrings cite theorems as :doi:`10.1007/BF02579206`.
extlinks = {"doi": ("https://doi.org/%s", "doi:%s")}

# Members are listed by autodoc, in the order of the source.
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
# Written as in the source: what numpy means by it takes lines.
autodoc_type_aliases = {"ArrayLike": "ArrayLike"}
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
numpydoc_show_class_members = False

# A package that furo needs lets every logger speak; the examples of the gallery keep silent, as anywhere else.
logging.getLogger("rmatch").propagate = False

# Every cross-reference has to lead somewhere. Those to other projects would need their inventories from the network.
nitpick_ignore = [
    (f"py:{kind}", name) for name in dir(builtins) for kind in ("class", "exc", "func", "obj")
]
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(argparse|collections|concurrent|dataclasses|datetime|enum|logging|os|pathlib|random|typing)(\..*)?",
    ),
    (r"py:.*", r"(narwhals|networkx|nw|nx|np|numpy|pandas|polars|pydantic|scipy)(\..*)?"),
]


def without_blank_ends(_app, doctree):
    """Drop the empty last line of examples: doctest needs it in the source, readers do not."""
    for block in doctree.findall(literal_block):
        block.rawsource = block.astext().rstrip()
        block[:] = [Text(block.rawsource)]


def setup(app):
    app.connect("doctree-read", without_blank_ends)
