"""The commands, a module for each thing that people do with a story; `cli` lists them."""
