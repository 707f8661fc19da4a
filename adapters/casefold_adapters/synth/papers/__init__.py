"""What each document of a file says, worked out from the one story behind it."""
