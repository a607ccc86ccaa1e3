"""What a board promised, and how far it has got. The verbs, in the order in which they are used:

founding   a board begins; its manager keeps `boards`, `plans`, `people`, `meetings`, `colours`
intake     a document is read; a person keeps, edits or leaves each proposal      → Commitment
responses  agencies are asked what they make of it, and answer                    → Response
planning   a commitment becomes actions, each with an owner and a date            → Action
progress   the owner starts, updates, finishes; the chair signs off               → Action
impact     signed off, and has it stuck? `measures` show it in numbers            → ImpactReview
rollup     any set of actions and a day become counts
reporting  figures and words frozen for a meeting, and issued                     → Report

Beside them: `links` and `repeating`, of what was asked before; `challenges`, questions with a day for the answer;
`decisions` and `minutes`, what a board decides; `leaving`, who goes on when somebody leaves; `redaction`, words put in
by mistake; `audit`, the proof that nothing else was changed.

Rules that they ask: `access` who may do what, `rag` what colour an action has and `because` why, `commitments` and
`covering` whether one is met, `alike` what reads the same, `days` what is a working day, `files` which are taken.
`models` are the nouns. `trail` moves a status and writes the Event, `on_behalf` for another, `kept` for what stands
still; `triggers` guard what is written once, `sql` is what SQL lacks, `refusals` are how a verb says no.

For both surfaces: `filters`, `lines`, `evidence`, `attachment`, `invitation`, `seating`. For machines: `api`.
Nothing here knows of mail or pages.
"""
