// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/tablemodel.h>

//! Has the foreign keys of a table shown as texts of the tables that they refer to: the column that is called
//! a name or title there, or the first one with texts. Asks the server; sets the model's relations as soon as
//! the answer is there.
void findRelations(QAsyncMySql::TableModel *model);
