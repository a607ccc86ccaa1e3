"""The post: who must hear what, and did it arrive. In the order it happens, once a minute:

kinds      the kinds of reminder; `asked`: who hears of what is asked; `ended`: why one is no longer called for
schedule   which reminder a day calls for: rules about dates alone
statements the SQL that writes reminders, one statement for however many
outbox     what is true now becomes reminders, and reminders one mail for each seat        → Reminder, Message
compose    a message becomes the text of a mail
deliver    claim, check again, mark, send, record; `mailer` is the connection               → Message
tasks      the way in for Celery and for the local engine (`manage.py remind --loop`)

`models` are the nouns. `post` is what a board manager decides about it, `forecast` who would be told what, `filters`
how the ledger is looked through, `health` tells a monitor whether the engine runs, `verify` counts what went astray.
The database is the truth: a broker only says "wake up". Nothing here changes an action.
"""
