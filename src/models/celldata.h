// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/tablemodel.h>

namespace QAsyncMySql::Internal {

//! What a model gives for \a role of \a column in \a row: the roles that QueryModel and TableModel share.
QVariant cellData(const Row &row, int column, int role);
//! Whether values of \a column hold more than a QDateTime or a QTime does.
bool isFinerThanQt(const Column &column);
//! The same for the header of \a column, but for a title that a program has set.
QVariant columnHeader(const Column &column, int role);
//! The names of these roles, and of those of the columns.
QHash<int, QByteArray> modelRoleNames(QHash<int, QByteArray> names, const QList<QByteArray> &columnRoles);
//! Those of models that can be edited, besides.
void addEditingRoleNames(QHash<int, QByteArray> &names);

} // namespace QAsyncMySql::Internal
