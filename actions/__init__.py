"""What a board promised, and how far it has got. The flow, in the order it happens:

intake     a document is read; a person keeps, edits or leaves each proposal   → Commitment
planning   a commitment becomes actions, each with an owner and a date         → Action
progress   the owner starts, updates, finishes; the chair signs off            → Action
rollup     any set of actions and a day become counts
reporting  figures and words frozen for a meeting, and issued                  → Report

`access` says who may do what, `rag` what colour an action has, `trail` moves a status and writes the Event,
`models` are the nouns, `filters` and `api` the surface for machines. It knows nothing of mail or pages.
"""
