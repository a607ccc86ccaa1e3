from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ActionsConfig(AppConfig):
    name = "actions"

    def ready(self) -> None:
        from actions import sql, triggers

        connection_created.connect(sql.register)
        post_migrate.connect(triggers.install, sender=self)
