"""Make up coherent loan files with their truth, for training, tests and demonstrations."""
