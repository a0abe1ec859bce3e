"""Wagtail's search app, indexing at once. Apart from `apps.py`, where Django would take the class it is made of."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.search.apps import WagtailSearchAppConfig


class SearchIndexConfig(WagtailSearchAppConfig):
    """Writes the index in the transaction that saves the object.

    The stock handler queues a background task a save: what was published would be found only after the worker
    came round, and never where none runs.
    """

    def ready(self) -> None:
        super().ready()
        from modelsearch import index, signal_handlers

        def index_at_once(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
            if not raw:
                index.insert_or_update_object(instance)

        for model in index.get_indexed_models():
            if post_save.disconnect(signal_handlers.post_save_signal_handler, sender=model):
                post_save.connect(index_at_once, sender=model, weak=False, dispatch_uid="index_at_once")
