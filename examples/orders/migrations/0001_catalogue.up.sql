-- SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
-- SPDX-License-Identifier: MIT

CREATE TABLE customers (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    email VARCHAR(200) NOT NULL UNIQUE
);

CREATE TABLE products (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    stock INT NOT NULL,
    discontinued DATE NULL,
    CONSTRAINT products_stock CHECK (stock >= 0)
);
