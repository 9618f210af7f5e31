-- SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
-- SPDX-License-Identifier: MIT

DROP TABLE products;
DROP TABLE customers;
