"""Steps are told on a screen: `layout` sets them in lines, `show` plays them in time, `input` reads the keys."""
