"""An edition becomes a file: Markdown, a web page, a Word file, and the citations in them."""
