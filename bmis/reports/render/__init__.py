"""A report as a PDF, a workbook or text: the same values in each."""
