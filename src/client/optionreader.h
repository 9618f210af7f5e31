// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/result.h>

#include <QtCore/QStringList>

#include <optional>

namespace QAsyncMySql::Internal {

//! One option of an option file, and where it stands.
struct OptionLine
{
    QString name; // as written, with - for _
    std::optional<QString> value; // none for a name alone
    QString file;
    int line = 0;

    //! "file:line: text", as an Error of kind Usage.
    Error error(const QString &text) const;
};

/*!
    The options of \a groups in the file \a path and those that it includes, in order (MySQL manual, "Using
    Option Files").
*/
Result<QList<OptionLine>> readOptionLines(const QString &path, const QStringList &groups);

} // namespace QAsyncMySql::Internal
