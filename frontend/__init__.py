"""What people see: pages made on the server, of which htmx asks for parts. `views` find, ask the domain and render;
`forms` each call one verb; `templatetags` put things in words; `account` is how one signs in.

pages         a page or its part, and a list beside its filters; `chosen`: the filters that are on
filters       how the trail is looked through; `roll`: how the people are
spreadsheet   the list of actions as a workbook
context       the frame of every page
answers       responses that wait for a person; `questions`: questions that do
standing      who may do the rest of an action, by name
side_by_side  what every agency does about one commitment
beside        a document with the proposals marked in it; `reviewing`: which of them are shown
figures       the board's figures as lines with their lists; `colours`: its colours as people read them
exceptions    what a meeting talks about: waits for a decision, late, moved, made a difference
sent          what came with a request; `saving`: what becomes of a form that was sent
founding      the address that sets up the first board

A page works without scripts, and nothing here is written but by a verb.
"""
