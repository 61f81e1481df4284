"""The telling on paper: `edition` gathers what stands in a handout, `markdown` sets it, `writing` puts it in a file."""
