"""How people sign in, what a session must have shown before it opens a page, and when it ends.

policy      who needs which second factor (rules)
session     what a session has shown, and when it ends
adapter     our rules inside allauth: stages of a sign-in, words, mails
sso         an identity of a council's own sign-in belongs to a user who is here already, or to nobody
passwords   known from a breach: refused
middleware  everything is behind all of it
urls        those addresses of allauth that we want
"""
