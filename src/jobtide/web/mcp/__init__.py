"""
The same answers for assistants, over the Model Context Protocol.

Five tools that only read: `search_jobs get_job explain_job list_facets changes`. Results are
compact, each job with its source and credit; words of strangers are marked as data.
"""

from jobtide.web.mcp.server import server

__all__ = ["server"]
