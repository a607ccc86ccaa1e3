"""Verb 1: a document becomes commitments. Nothing enters unseen, and no sentence is lost.

reading   bytes in, proposals out; pure: it files nothing and asks no database      → Reading
taking    what was read is stored once per board, with every proposal waiting       → Document, Proposal
review    a person keeps, edits, splits, merges, re-files or leaves each of them    → Commitment

Callers name the module: `taking.take_in(…)`, `review.keep(…)`. Importing `reading` alone needs no database.
"""
