"""From page text to labelled pages and assembled documents."""
