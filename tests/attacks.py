"""Texts that attack what shows, keeps or asks for them: SQL, HTML, formulas, terminals.

Those of `TAKEN` are text like any other, and must come out as the text that they are.
Those of `REFUSED` hold what no text may hold; no field takes them.
"""

TAKEN = {
    "sql": "'; DROP TABLE entries; --",
    "sql that is always so": '" OR 1=1',
    "any letters to LIKE": "%",
    "any letter to LIKE": "_",
    "any letters to GLOB": "*",
    "backslash": "\\",
    "program": "=cmd|' /C calc'!A0",
    "plus": "+1",
    "minus": "-1",
    "function": "@SUM(A1)",
    "formula after a semicolon": "a;=cmd|' /C calc'!A0",
    "formula after a quotation": 'a;"=1+1;b","=1+1',
    "formula after a blank": " =1+1",
    "wide formula": "＝1+1;＠SUM(A1)",
    "apostrophes": "''=1;'=1",
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "link": "[x](javascript:alert(1)) <http://evil.example>",
    "picture": "![](http://evil.example/p.png)",
    "backticks": "``` `x` ```",
    "pipes": "a | b | c",
    "our marks": "Acme | recipients: Iran [TAKEN BACK by Acme]",
    "zero width": "\u200b=1\u200c\ufeff+1",
    "template": "{{ 7*7 }} {0} %s %(x)s ${x}",
    "arabic": "الجيش الوطني",
    "beyond the basic plane": "𐎠𝕏🛩",
}

REFUSED = {
    "tab": "\t=1+1",
    "carriage return": "\r=1+1",
    "override": "a\u202eb",
    "isolate": "a\u2066b\u2069",
    "end of an isolate": "a\u2069b",
    "tag": "a\U000e0041b",
    "line separator": "a\u2028b",
    "zero width alone": "\u200b",
    "colours": "\x1b[31mred\x1b[0m",
    "title of the window": "\x1b]0;x\x07",
    "colours in one character": "\x9b31mred",
    "nul": "a\x00b",
    "half a pair": "a\ud800b",
    "100,000 letters": "a" * 100_000,
}

ALL = {**TAKEN, **REFUSED}
