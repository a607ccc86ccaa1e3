"""`make bench-large`: whether one board of 10,000 actions is as quick among 1,000,000 as it is alone."""
