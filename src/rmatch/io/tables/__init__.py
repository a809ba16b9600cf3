"""Tables as their sources give them: CSV, Excel, JSON, dataframes and lists, all as raw columns."""
