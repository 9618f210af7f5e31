// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connection.h>

#include <functional>

/*!
    Fills the table demo.orders with \a rows rows of the usual types, made by the server itself. \a progress
   is called with the number of rows that are there.
*/
QAsyncMySql::Result<void> fillDemoData(QAsyncMySql::Connection *connection, qint64 rows,
                                       const std::function<void(qint64)> &progress);

//! The number of rows of demo.orders; -1 if there is no such table.
qint64 countDemoRows(QAsyncMySql::Connection *connection);
