// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>

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

//! The options of \a groups in \a text, which includes no files and comes from \a file.
Result<QList<OptionLine>> optionLinesIn(QByteArrayView text, const QString &file, const QStringList &groups);

//! Puts \a lines onto \a options, which stay as they are if there is an Error.
Result<void> applyOptionLines(ConnectOptions &options, const QList<OptionLine> &lines);

} // namespace QAsyncMySql::Internal
