// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/sqlselect.h>

/*
    What the builders of statements have in common.
*/
namespace QAsyncMySql::Sql::Internal {

//! Behind a comma, unless it is the first.
void appendListItem(Fragment &list, const Fragment &item);
//! What a function is called with: "a, b".
void appendArguments(Fragment &to, std::initializer_list<Operand> arguments);
//! A column of a result, with its alias if there is one.
void appendField(Fragment &list, const Operand &field, std::string_view alias);
//! \a name and \a clause, unless that is empty.
void appendClause(Fragment &to, std::string_view name, const Fragment &clause);
void appendJoin(Fragment &source, SelectBuilder::Join kind, const Fragment &table, const Fragment &on);
//! \a condition AND \a other.
void conjoin(Fragment &condition, Condition &&other);
//! The same with VALUES(column) for inserted(), whatever the server.
Fragment withValuesFunction(const Fragment &updates);

} // namespace QAsyncMySql::Sql::Internal
