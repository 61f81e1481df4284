"""What a reader types becomes keys, and signals become events."""
