"""People under public health observation: their days, visits, escalations and handover (IHR arts 18, 30)."""
