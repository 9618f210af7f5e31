# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Writes the seeds of the fuzz targets, a folder for each: packets and answers from the recorded conversations with real servers, and
texts by hand. Usage: target_seeds.py <folder>"""

import pathlib
import struct
import sys

RECORDED = pathlib.Path(__file__).resolve().parents[1] / "unit" / "protocol" / "conversations"
DEPRECATE_EOF, SESSION_TRACK, LOCAL_FILES, MARIADB = 1, 2, 4, 8
KINDS = {"handshake": "handshake_exchange", "query": "query_exchange", "prepare": "prepare_exchange", "execute": "execute_exchange",
         "ping": "simple_exchange", "init-db": "simple_exchange", "reset": "simple_exchange"}
VALUES = ["bool", "int8", "int32", "int64", "uint64", "double", "float", "decimal", "date", "time", "datetime", "sqltime", "duration", "text",
          "bytes", "json", "jsondocument", "uuid", "variant", "shown", "geometry"]
TEXTS = {
    "url": ["mysql://user:sesame@localhost:3306/shop?ssl-mode=REQUIRED", "mariadb://[::1]/?socket=/tmp/s&charset=utf8mb4", "mysql://u%40x:p%3A@h",
            "mysql://h?connect-timeout=100&init-command=SET%20@a=1&init-command=DO%200&max-packet=65536"],
    "options_text": ["[client]\nuser = 'a b' # c\npassword=\"x\\\"y\"\nssl-mode=REQUIRED\nskip-ssl\nport=3307\n", "[mysqld]\nx\n[client]\nloose_y=1\n", "user=a"],
    "lexer": ["SELECT 'it''s', \"a\\\"b\", `c``d` -- e\n/* f */ # g\n, ?, :name, @v, @@w, $$x$$, /*!50000 1 */;", "SELECT 0x41, N'n', _utf8mb4'u', 1e5, a.b",
              "'unterminated", "/* unterminated", "`unterminated"],
    "render": ["SELECT ? + ?", "SELECT ?, '?', \"?\", `?`, ? -- ?", "INSERT INTO t VALUES (?, ?)", "SELECT 1 /* ? */ ? ?"],
    "literal": ["plain", "it's", "back\\slash", "\\'; DROP TABLE t; -- ", "nul\0", "\u00e4\u20ac\U0001f600", "]"],
    "named_placeholders": ["SELECT :a, :b, ':c', :a", "SELECT a::b, x := :y"],
    "prepared_statement": ["SELECT * FROM t WHERE id IN (?) AND name = ?"],
    "script": ["SELECT 1; SELECT 2;\nDELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT ';'; END//\nDELIMITER ;\n-- c\nSELECT 3", "\ufeffSELECT 1"],
    "identifier": ["name", "we`ird", "", "x" * 65, "nul\0"],
    "decimal_text": ["0", "-1.50", "99999999999999999999999999999999999.123456789012345678901234567890", "1e5", ".5", "+1"],
    "time_text": ["12:34:56", "-838:59:59.999999", "0:0:0", "12:34"],
    "multi_row": ["INSERT INTO t (a, b) VALUES (?, ?) ON DUPLICATE KEY UPDATE b = 1", "REPLACE value VALUES (:a, now(), f(:b))",
                  "INSERT INTO t VALUES (?), (?)"],
    "excerpt": ["SELECT 'secret' FROM `t` WHERE a = 0x41 /* c */ -- d\nAND b = \"x\"", "SELECT '\\'' \U0001f600" + "x" * 60],
    "result_info": ["Rows matched: 3  Changed: 2  Warnings: 0", "Records: 3  Duplicates: 0  Warnings: 18446744073709551616"],
    "tls_pin": ["sha256//" + "A" * 43 + "=", "0a:" * 31 + "0b", "0A" * 32],
    "xa_state": ["XA START 'a'; XA END 'a'; xa prepare 'a'", "/*!50000 XA BEGIN 'x' */", "SELECT 1; XA COMMIT 'a' ONE PHASE"],
    "schema_state": ["CREATE TABLE `t` (\n  `a` int NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`a`),\n  UNIQUE KEY `k` (`a`)\n) ENGINE=InnoDB AUTO_INCREMENT=3\0"
                     "CREATE TABLE `t` (\n  `b` int,\n  CONSTRAINT `f` FOREIGN KEY (`b`) REFERENCES `u` (`a`)\n)", '{"server":"8","objects":{"x":{"definition":"1"}}}'],
    "records_csv": ["\3a,b\r\n1,\"x \"\"y\"\"\nz\"\r\n,\"\"\r\n", "\0\ufeffa\n\"open\nb,c", "\1a\"b,c\n\"a\"b\nok,1\n"],
    "records_semicolons": ["\2a;b\r\nNULL;\"NULL\"\n"],
    "records_tsv": ["\4a\tb\n\\N\t\\\\N\nx\\\ny\t\\0\\Z\n", "\0a\\"],
    "records_json": ['\5{"a": 1, "b": [1, {"c": null}], "d": "\\u00e4\\ud83d\\ude00\\n"}\n{"a":true,"b":-1.5e3}\n', '\0{"a": "\\ud800"}\n{}\n{"a":01}'],
    "formatted_csv": ["\5a,b\"\nbytes"],
    "formatted_tsv": ["\6\\Na\t\0bytes\\"],
    "formatted_json": ["\4a\x7f\"\1bytes"],
    "protocol_guess": ["HTTP/1.1 200 OK", "SSH-2.0-x", "-ERR"],
}
# "[client]", a user and a password.
LOGIN_FILE = bytes.fromhex("000000000b1c0715021d1f0a04090e1a10130d1c111e0f01100000005a4b86587cc82868195062bd4012cbd3"
                           "10000000d64c0d6eb20e9d139e48cd4df32d8ea41000000048a7f50898d66b590227e5b701214baa")
VALUE_SEEDS = [(0, 253, b"\x05hello"), (0, 3, b"\x0242"), (0, 8, b"\x1418446744073709551615"), (0, 246, b"\x0612.340"), (0, 10, b"\x0a2026-02-28"),
               (0, 12, b"\x1a2026-02-28 12:34:56.123456"), (0, 11, b"\x0c-838:59:59.9"), (0, 245, b"\x07{\"a\":1}"), (0, 16, b"\x01\x07"),
               (0, 253, b"\x24" + b"12345678-1234-1234-1234-123456789abc"), (0, 5, b"\x061.5e10"), (0, 253, b"\xfb"),
               (1, 3, b"\0\0" + struct.pack("<i", -42)), (1, 8, b"\0\0" + struct.pack("<q", -1)), (3, 8, b"\0\0" + b"\xff" * 8),
               (1, 1, b"\0\0\x80"), (1, 2, b"\0\0\x01\x80"), (1, 5, b"\0\0" + struct.pack("<d", 1.5)), (1, 4, b"\0\0" + struct.pack("<f", 1.5)),
               (1, 10, b"\0\0\x04\xea\x07\x02\x1c"), (1, 12, b"\0\0\x0b\xea\x07\x02\x1c\x0c\x22\x38\x40\xe2\x01\x00"), (1, 7, b"\0\0\x00"),
               (1, 255, b"\0\0\x19\0\0\0\0\x01\x01\0\0\0" + struct.pack("<dd", 1.5, -2)),
               (1, 255, b"\0\0\x2d\xe6\x10\0\0\x01\x02\0\0\0\x02\0\0\0" + struct.pack("<dddd", 0, 1, 2, 3)),
               (1, 11, b"\0\0\x0c\x01\x22\x00\x00\x00\x0c\x22\x38\x40\xe2\x01\x00"), (1, 246, b"\0\0\x0612.340"), (1, 253, b"\0\x04")]


def framed(payloads, number):
    """The packets with these payloads, numbered from this on."""
    return b"".join(len(one).to_bytes(3, "little") + bytes([number + i]) + one for i, one in enumerate(payloads))


def packets(stream):
    """The payloads of a stream of packets."""
    at = 0
    while at + 4 <= len(stream):
        size = int.from_bytes(stream[at:at + 3], "little")
        yield stream[at + 4:at + 4 + size]
        at += 4 + size


def conversation(path):
    """Yields (what was done, the bytes of the server's answer) of a recorded conversation."""
    what, answer = None, b""
    for line in path.read_text().splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "do":
            if what and answer:
                yield what, answer
            what, answer = rest.split(" ")[0], b""
        elif mark == "<":
            answer += bytes.fromhex(rest)
    if what and answer:
        yield what, answer


class Seeds:
    def __init__(self, folder):
        self.folder = folder
        self.written = {}

    def add(self, target, data):
        known = self.written.setdefault(target, set())
        if data in known or len(data) > 4096 or len(known) >= 60:
            return
        known.add(data)
        place = self.folder / target
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{len(known):03}").write_bytes(data)

    def packet(self, payload, flags):
        prefix = bytes([flags])
        self.add("reader", payload)
        if payload[:1] == b"\x0a":
            self.add("greeting", payload)
        elif payload[:1] == b"\xff":
            self.add("error", prefix + payload)
        elif payload[:1] == b"\xfe" and len(payload) == 5:
            self.add("eof", prefix + payload)
        elif payload[:1] in (b"\0", b"\xfe"):
            self.add("ok", prefix + payload)
        elif payload[:4] == b"\x03def":
            self.add("column", prefix + payload)
        else:
            self.add("text_row", b"\x02\xfd\xfd" + payload)

    def recorded(self, path):
        mariadb = path.name.startswith("mariadb")
        legacy = "legacy" in path.name or "minimal" in path.name
        tracked = "no-tracking" not in path.name and "minimal" not in path.name
        character = (0 if legacy else DEPRECATE_EOF) | (SESSION_TRACK if tracked else 0) | (MARIADB | 16 if mariadb else 0)
        whole = b""
        for what, answer in conversation(path):
            whole += answer
            if what in KINDS:
                self.add(KINDS[what], bytes([character if what != "handshake" else 0, 0x35]) + answer)
            if what == "execute":
                self.add("execute_for_cursor_exchange", bytes([character, 0x35]) + answer)
            for payload in packets(answer):
                self.packet(payload, (1 if not legacy else 0) | (2 if tracked else 0) | (4 if mariadb else 0))
        self.add("framing", b"\x05" + whole[:1000])
        self.add("connection", whole[:4096])
        self.add("pipelined_exchanges", bytes([character, 0x35]) + whole[:2000])


def main():
    seeds = Seeds(pathlib.Path(sys.argv[1]))
    for path in sorted(RECORDED.glob("*.conversation")):
        seeds.recorded(path)
    for target, texts in TEXTS.items():
        for text in texts:
            seeds.add(target, text.encode())
    seeds.add("login_file", LOGIN_FILE)
    for flags, kind, row in VALUE_SEEDS:
        for name in VALUES:
            seeds.add("value_" + name, bytes([flags, kind, 45 if kind == 253 else 63]) + row)
    seeds.add("binary_row", b"\x03\x03\xfd\x0c" + b"\0\0" + struct.pack("<i", 1) + b"\x05apple" + b"\x04\xea\x07\x02\x1c")
    seeds.add("binary_row", b"\x02\x05\x0b" + b"\0\x08" + struct.pack("<d", 2.5))
    fetched = b"".join(framed([b"\0\0\x01a\x02bc"] * rows + [b"\xfe\0\0" + struct.pack("<HH", status, 0)], 1)
                       for rows, status in ((2, 0x42), (0, 0x42), (1, 0x82)))
    seeds.add("fetch_exchange", bytes([DEPRECATE_EOF, 0x35]) + fetched)
    seeds.add("execute_for_cursor_exchange", bytes([DEPRECATE_EOF | MARIADB | 16, 0x35]) + b"\x02\0\0\x01\x02\0" + fetched)
    challenge = b"abcdefghijklmnopqrst"
    for method in ("mysql_native_password", "caching_sha2_password", "sha256_password"):
        for line in (0, 3, 7, 8, 15):
            for data in (b"", b"\x01\x03", b"\x01\x04", b"\x01\x04\x1b-----BEGIN PUBLIC KEY-----\n"):
                seeds.add(method, bytes([line, len(challenge)]) + challenge + data)
    for method, size, data in (("client_ed25519", 32, b""), ("parsec", 32, b"\x14P\0" + b"s" * 18 + b"\0"), ("mysql_clear_password", 0, b""),
                               ("dialog", 0, b"\x0a\x04Password:\x04\x05PIN")):
        for line in (0, 3, 7, 16):
            seeds.add(method, bytes([line, size]) + b"c" * size + data)
    switch = b"\xfecaching_sha2_password\0" + challenge + b"\0"
    for packets_of in ([switch, b"\x01\x03", b"\0\0\0\2\0\0\0"], [switch, b"\x01\x04"], [b"\xfemysql_native_password\0" + challenge + b"\0"],
                       [b"\xff\x15\x04#28000Access denied"]):
        seeds.add("change_user_exchange", bytes([DEPRECATE_EOF | 2, 0x35]) + framed(packets_of, 2))
    seeds.add("local_file_exchange", bytes([DEPRECATE_EOF | LOCAL_FILES, 0x35]) + framed([b"\xfbf"], 1) + framed([b"\0\1\0\2\0\0\0"], 4))
    seeds.add("local_file_exchange", bytes([DEPRECATE_EOF | LOCAL_FILES | 16, 0x35]) + framed([b"\xfb/etc/passwd"], 1) + framed([b"\0\1\0\2\0\0\0"], 4))
    seeds.add("statistics_exchange", bytes([DEPRECATE_EOF, 0x35]) + framed([b"Uptime: 5  Threads: 1"], 1))
    seeds.add("bulk_execute_exchange", bytes([DEPRECATE_EOF | MARIADB, 0x35]) + framed([b"\0\1\0\2\0\0\0"], 1))
    for collation, text in ((8, b"\xe4\x80"), (45, b"\xc3\xa4\xff"), (54, b"\xd8\x3d\xde\0\xd8"), (60, b"\0\1\xf6\0"), (95, b"\x82\xa0\x81"), (248, b"\x81\x30\x81\x30"),
                            (10, b"swe[")):
        seeds.add("character_set", struct.pack("<H", collation) + text)
    for kind, flags, how, text in ((3, 0, 1, b"-2147483648"), (8, 1, 3, b"18446744073709551615"), (5, 0, 3, b"1e308"), (246, 0, 1, b"-1.50"), (252, 2, 1, b"0x00ff"),
                                   (252, 2, 6, b'{"base64": "AP8="}'), (252, 2, 2, b"raw"), (253, 0, 1, b"text"), (1, 0, 4, b"true"), (16, 0, 3, b"5")):
        seeds.add("field_value", bytes([kind, flags, how]) + text)
    plain = framed([b"SELECT 1", b"x" * 60], 0)
    for algorithm in ("zlib", "zstd"):
        for way in (0, 1, 34 * 4 + 2, 3):
            seeds.add("compressed_" + algorithm, bytes([9, way, len(plain)]) + plain + bytes([1, 6]) + framed([b"OK"], 0))
        seeds.add("packed_" + algorithm, b"\3\x08SELECT 1\x40" + b"y" * 64)
    seeds.add("rsa_key", b"-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKXhFH3CcYaDh4c5HXX4T3JTy3cNtpqC\n-----END PUBLIC KEY-----\n")


if __name__ == "__main__":
    main()
