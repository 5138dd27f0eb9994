"""Pages to search, the API and MCP: the same answers as the command line, over HTTP."""
