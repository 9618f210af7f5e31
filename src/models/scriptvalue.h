// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/qasyncmysql_models_export.h>
#include <QAsyncMySql/row.h>

#include <QtCore/QVariant>

namespace QAsyncMySql::Internal {

// Exported for the QML module; not part of the public interface.

/*! The value of a cell for JavaScript: null for NULL, a string for an integer that a double cannot hold
   exactly (beyond 53 bits), and as Row::value() gives it otherwise. Bytes then arrive as an ArrayBuffer. */
QASYNCMYSQL_MODELS_EXPORT QVariant scriptValue(const Row &row, int column);
//! A row as an object for JavaScript, by column name; of columns with one name, the last wins.
QASYNCMYSQL_MODELS_EXPORT QVariantMap scriptRow(const Row &row);

} // namespace QAsyncMySql::Internal
