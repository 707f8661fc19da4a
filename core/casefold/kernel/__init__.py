"""What every other room stands on: canonical bytes, digests, instants, odds, Results and the event hash chain."""
