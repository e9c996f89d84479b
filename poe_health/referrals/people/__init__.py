"""Who a transferred or monitored person is: kept apart from what happened, so that it can be forgotten."""
