"""
What GitHub keeps of a page, as a table: our check that nothing we write is taken away.

Elements and attributes that BOTH open models of its sanitiser keep: html-pipeline 2.14
(SanitizationFilter) and hast-util-sanitize 5 (defaultSchema).
"""

import re

import cmarkgfm
from cmarkgfm.cmark import Options
from lxml import html as lxml_html

ELEMENTS = set(
    re.findall(
        r"\w+",
        "h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p ol ul table "
        "thead tbody tfoot blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike "
        "summary details span",
    )
)
ATTRIBUTES = {"align", "width", "height", "colspan", "rowspan", "alt", "title", "href", "src"}


def rendered(page):
    """Return the tree GitHub's own parser makes of a page, comments dropped."""
    if isinstance(page, bytes):
        page = page.decode()
    body = cmarkgfm.github_flavored_markdown_to_html(page, options=Options.CMARK_OPT_UNSAFE)
    tree = lxml_html.fragment_fromstring(body, create_parent="div")
    for comment in [node for node in tree.iter() if not isinstance(node.tag, str)]:
        comment.drop_tree()
    return tree


def lost(tree):
    """Return the elements and attributes that a sanitiser would take away."""
    return {node.tag for node in tree.iter() if node.tag not in ELEMENTS} | {
        f"{node.tag}[{name}]"
        for node in tree.iter()
        for name in node.attrib
        if name not in ATTRIBUTES
    }
