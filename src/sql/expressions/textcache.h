// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/dialect.h>
#include <QAsyncMySql/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace QAsyncMySql::Sql::Internal {

/*!
    The text of a statement whose code is \a code, for \a dialect (null: for any). Statements of one shape,
   which differ in their values only, share one text: it is made once for each thread, and then found.
*/
Result<QString> cachedText(const QByteArray &code, const Dialect *dialect);

//! Texts kept in this thread, for tests.
qsizetype cachedTexts();

} // namespace QAsyncMySql::Sql::Internal
