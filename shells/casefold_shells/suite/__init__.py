"""A suite of labelled packages measured by one command, and the page that publishes it."""
