"""Sphinx configuration of the report. Everything is local: it opens from disk, without a network."""

project = "Konvergo"
author = "the Konvergo project"
html_title = "Konvergo: reproduced papers"
language = "en"

extensions = ["myst_nb"]
exclude_patterns = ["_static"]
# Only the notebook reader: the executed notebooks are shown as they are, never run again.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_merge_streams = True
myst_enable_extensions = ["amsmath", "dollarmath"]
# A notebook may leave out a level of headings, and its outputs may have kinds that no page shows.
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["report.css"]
html_js_files = [("ledger.js", {"defer": "defer"})]
html_show_sourcelink = False
html_copy_source = False
html_show_copyright = False
html_use_index = False
# Summaries of search results are fetched, which browsers refuse for pages opened from disk.
html_show_search_summary = False
html_theme_options = {"navigation_with_keys": False}

# SVG output needs no font files. The menu would load parts of MathJax that are not here.
mathjax_path = "tex-svg-full.js"
mathjax3_config = {
    "options": {"enableMenu": False, "processHtmlClass": "tex2jax_process|mathjax_process|math|output_area"},
    "svg": {"fontCache": "local"},
}
