-- SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
-- SPDX-License-Identifier: MIT

DROP TABLE order_lines;
DROP TABLE orders;
