"""Port health under the IHR (2005). Its own database file, its own key, its own people."""
