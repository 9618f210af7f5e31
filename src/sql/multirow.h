// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <optional>

namespace QAsyncMySql::Internal {

//! An INSERT or REPLACE of one row, cut so that more rows can be put between.
struct MultiRowTemplate
{
    QByteArray head; //!< up to and with VALUES
    QByteArray row; //!< the parentheses and what is in them, with all placeholders of the statement
    QByteArray tail; //!< from behind it: an alias, ON DUPLICATE KEY UPDATE, RETURNING
};

/*!
    Cuts \a sql, or says by no value that it cannot be written with many rows: another statement, several
    rows or placeholders elsewhere already, or a text that may be read in several ways.
*/
std::optional<MultiRowTemplate> multiRowTemplate(const QByteArray &sql);

} // namespace QAsyncMySql::Internal
