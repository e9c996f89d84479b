"""Reports: plain values first, then paper, a workbook or text. One file a report in ``catalogue``."""
