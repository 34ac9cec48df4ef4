"""Opens a workbook with openpyxl and writes what it finds as JSON, for the test to judge."""

import json
import sys

import openpyxl

path = sys.argv[1]
formulas = openpyxl.load_workbook(path)
values = openpyxl.load_workbook(path, data_only=True)


def sheet(ws):
    cells = {}
    for row in ws.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            stored = values[ws.title][cell.coordinate].value
            cells[cell.coordinate] = {
                "kind": cell.data_type,
                "text": str(cell.value),
                "value": stored if isinstance(stored, (int, float)) else str(stored),
                "format": cell.number_format,
                "link": cell.hyperlink.location if cell.hyperlink else None,
            }
    return {
        "name": ws.title,
        "cells": cells,
        "frozen": ws.freeze_panes,
        "merged": sorted(str(area) for area in ws.merged_cells.ranges),
        "repeated": ws.print_title_rows,
        "area": ws.print_area,
        "paper": ws.page_setup.paperSize,
        "landscape": ws.page_setup.orientation == "landscape",
        "fits": [ws.sheet_properties.pageSetUpPr.fitToPage if ws.sheet_properties.pageSetUpPr else None,
                 ws.page_setup.fitToWidth, ws.page_setup.fitToHeight],
        "header": [ws.oddHeader.left.text, ws.oddHeader.right.text],
        "footer": [ws.oddFooter.left.text, ws.oddFooter.right.text],
        "charts": len(ws._charts),
    }


properties = formulas.properties
print(json.dumps({
    "sheets": [sheet(ws) for ws in formulas.worksheets],
    "names": {name: defined.attr_text for name, defined in formulas.defined_names.items()},
    "title": properties.title,
    "creator": properties.creator,
    "created": str(properties.created),
    "modified": str(properties.modified),
}))
