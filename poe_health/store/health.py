"""Which file is health's, and its newest schema."""

from bmis.kernel.actor import Service
from bmis.store.migrate import head_of
from bmis.store.unit import StoreKind

MIGRATIONS = "poe_health.store.migrations"
HEALTH = StoreKind(Service.HEALTH.value, "health.db", lambda: head_of(MIGRATIONS))
