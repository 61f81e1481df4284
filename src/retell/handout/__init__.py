"""A story is told on paper: the editions gather what stands in a handout, `writers` put it in a file."""
