// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>

#include <QtCore/QAnyStringView>

namespace QAsyncMySql::Internal {

//! The first of \a columns with this \a name, else the first with it but for case, else -1.
int columnIndex(const QList<Column> &columns, QAnyStringView name) noexcept;
//! The names, separated by commas and cut after some: for messages.
QString columnNames(const QList<Column> &columns);

} // namespace QAsyncMySql::Internal
