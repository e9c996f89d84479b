"""The border's database."""

from bmis.kernel.actor import Service
from bmis.store.migrate import head_of
from bmis.store.unit import StoreKind

MIGRATIONS = "bmis.store.migrations"
BORDER = StoreKind(Service.BORDER.value, "border.db", lambda: head_of(MIGRATIONS))
