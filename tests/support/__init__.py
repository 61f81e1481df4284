"""What the tests share: stories that are made up, programs that read what is told, terminals that show it."""
