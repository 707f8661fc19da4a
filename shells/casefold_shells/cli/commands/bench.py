"""``casefold bench``: filled in below."""
