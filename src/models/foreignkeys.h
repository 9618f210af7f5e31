// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/sqlfragment.h"

#include <QAsyncMySql/resultset.h>
#include <QAsyncMySql/tablerelation.h>

#include <QtCore/QList>

#include <utility>

namespace QAsyncMySql::Internal {

//! Asks information_schema for the foreign keys of a table, and for the texts of the tables they refer to; an
//! empty \a schema is the default one.
SqlFragment foreignKeysQuery(const QString &schema, const QString &table);

/*! What \a column refers to, by the answer to foreignKeysQuery(): by the foreign key with the fewest columns
    that it is one of. Null parts if there is none. Its display column is what people may know the rows by. */
TableRelation relationOf(const QString &column, const ResultSet &foreignKeys);

/*! The relations of all foreign keys that have a text to show, by the column to show it in: the last one of
    the key that has none yet; keys of few columns come first. */
QList<std::pair<QString, TableRelation>> relationsOf(const ResultSet &foreignKeys);

} // namespace QAsyncMySql::Internal
