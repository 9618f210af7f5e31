# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""Writes the seeds of fuzz_conversation: one well-behaved conversation of each kind. Usage: conversation_seeds.py <folder>"""

import pathlib
import struct
import sys

HANDSHAKE, QUERY, EXECUTE, PREPARE, SIMPLE, PIPELINED = range(6)
DEPRECATE_EOF, SESSION_TRACK, LOCAL_FILES, MARIADB, EXTENDED = 1, 2, 4, 8, 16
LONG, VARCHAR, DATETIME, DOUBLE = 3, 253, 12, 5


ANSWERED, LAST, TLS = 1, 2, 3  # what comes after a packet


def packet(payload, after=0):
    return struct.pack("<H", len(payload) | after << 14) + payload


def text(value):
    return bytes([len(value)]) + value


def column(name, kind, charset=45):
    return packet(text(b"def") + text(b"db") + text(b"t") + text(b"t") + text(name) + text(name)
                  + b"\x0c" + struct.pack("<HIBHBH", charset, 80, kind, 0, 0, 0))


def ok(header=0, status=2, info=b"", last=True):
    return packet(bytes([header, 1, 0]) + struct.pack("<HH", status, 0) + info, LAST if last else 0)


def eof(status=2, last=False):
    return packet(b"\xfe" + struct.pack("<HH", 0, status), LAST if last else 0)


def error(last=True):
    return packet(b"\xff\x28\x04#42000no such thing", LAST if last else 0)


def greeting(method, version=b"8.0.36", after=ANSWERED):
    low, high = 0xFFDF, 0xC1BF
    return packet(b"\x0a" + version + b"\0" + struct.pack("<I", 7) + b"12345678\0" + struct.pack("<HBHH", low, 45, 2, high)
                  + bytes([21]) + b"\0" * 10 + b"abcdefghijkl\0" + method + b"\0", after)


TEXT_ROWS = packet(text(b"1") + text(b"apple")) + packet(b"\xfb" + text(b""))
BINARY_ROWS = (packet(b"\0\0" + struct.pack("<i", 1) + text(b"apple"))
               + packet(b"\0\x04" + text(b"pear")))
COLUMNS = packet(b"\x02") + column(b"id", LONG, 63) + column(b"name", VARCHAR)
PREPARED = (packet(b"\0" + struct.pack("<IHHBH", 1, 2, 1, 0, 0)) + column(b"?", VARCHAR) + eof()
            + column(b"a", DOUBLE, 63) + column(b"b", DATETIME, 63))

SEEDS = {
    "native": (HANDSHAKE, 0, greeting(b"mysql_native_password") + ok()),
    "caching-fast": (HANDSHAKE, 0, greeting(b"caching_sha2_password") + packet(b"\x01\x03") + ok()),
    "caching-full-local": (HANDSHAKE, 1, greeting(b"caching_sha2_password") + packet(b"\x01\x04", ANSWERED) + ok()),
    "caching-key": (HANDSHAKE, 2, greeting(b"caching_sha2_password") + packet(b"\x01\x04", ANSWERED) + packet(b"\x01-----BEGIN PUBLIC KEY-----\n")),
    "switch": (HANDSHAKE, 0, greeting(b"caching_sha2_password") + packet(b"\xfemysql_native_password\0" + b"k" * 20 + b"\0", ANSWERED) + ok()),
    "tls": (HANDSHAKE, 4, greeting(b"caching_sha2_password", after=TLS) + packet(b"\x01\x03") + ok()),
    "denied": (HANDSHAKE, 0, greeting(b"mysql_native_password", b"5.5.5-10.11.6-MariaDB") + error()),
    "query-eof": (QUERY, 0, COLUMNS + eof() + TEXT_ROWS + eof(last=True)),
    "query-ok": (QUERY, DEPRECATE_EOF, COLUMNS + TEXT_ROWS + ok(0xFE)),
    "query-paused": (QUERY, DEPRECATE_EOF | 1 << 5, COLUMNS + TEXT_ROWS * 3 + ok(0xFE)),
    "query-more": (QUERY, DEPRECATE_EOF, COLUMNS + TEXT_ROWS + ok(0xFE, 10, last=False) + ok(0, 10, last=False) + error()),
    "query-error-in-rows": (QUERY, 0, COLUMNS + eof() + TEXT_ROWS + error()),
    "query-track": (QUERY, SESSION_TRACK, ok(0, 0x4002, b"\x04info" + b"\x05\x01\x03\x02db")),
    "query-file": (QUERY, LOCAL_FILES, packet(b"\xfb/etc/passwd") + error()),
    "query-mariadb": (QUERY, MARIADB, packet(b"\xff\xff\xff\x01\x02\x01\x10\x27\x00\x05stage") + COLUMNS + eof() + TEXT_ROWS + eof(last=True)),
    "execute": (EXECUTE, DEPRECATE_EOF, COLUMNS + BINARY_ROWS + ok(0xFE)),
    "execute-eof": (EXECUTE, 0, COLUMNS + eof() + BINARY_ROWS + eof(last=True)),
    "prepare": (PREPARE, 0, PREPARED + eof(last=True)),
    "prepare-error": (PREPARE, 0, error()),
    "simple": (SIMPLE, 0, ok() + error() + ok()),
    "pipelined": (PIPELINED, 0, PREPARED + eof(last=True) + COLUMNS + eof() + TEXT_ROWS + eof(last=True) + COLUMNS + eof() + BINARY_ROWS
                  + eof(last=True)),
}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (kind, character, said) in SEEDS.items():
        (folder / name).write_bytes(bytes([kind, character, 0x30, 0]) + said)
    (folder / "raw").write_bytes(bytes([QUERY, 0, 0, 1]) + b"\x07\0\0\x01\0\0\0\x02\0\0\0")


if __name__ == "__main__":
    main()
