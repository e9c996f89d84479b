"""Paper: frozen values in, PDF bytes out. The only importer of ReportLab; it knows nothing of crossings."""
