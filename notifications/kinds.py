"""The kinds of reminder: which step it is, whatever it is about."""

from django.db import models


class Kind(models.TextChoices):
    INVITED = "invited", "You are invited"
    ASSIGNED = "assigned", "New to you"
    ASKED = "asked", "Asked of you"
    RECORDED = "recorded", "Written down in your name"
    DUE_SOON = "due_soon", "Due soon"
    DUE_TODAY = "due_today", "Due today"
    OVERDUE = "overdue", "Overdue"


# These go when they arise. The others make at most one mail in seven days for each seat.
AT_ONCE = (Kind.INVITED, Kind.ASSIGNED, Kind.ASKED, Kind.RECORDED, Kind.DUE_TODAY)

# These tell what happened; they belong to no date, and none replaces another.
NEWS = (Kind.INVITED, Kind.ASSIGNED, Kind.ASKED, Kind.RECORDED)
