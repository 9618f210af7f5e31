// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sql.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QStringList>

#include <optional>

namespace QAsyncMySql::Internal {

/*!
    \a sql with the parameters as literals in the place of \c{?} or \c{:name}, for the text protocol.
    Without parameters, \a sql as it is.

    If a parameter has a name, all must, and the placeholders are the \c{:name} ones; otherwise
    they are the \c{?} ones. Errors are of kind Usage; they state what was missing or too much.
*/
Result<QByteArray> renderStatement(QByteArrayView sql, const Parameters &parameters,
                                   const RenderOptions &options = {});

/*!
    A text for renderStatement() whose placeholders are found once, to be filled in often. Its \c{?} only:
   values with names are matched anew each time.
*/
class StatementTemplate
{
public:
    explicit StatementTemplate(const QByteArray &sql = {});

    //! Appends the text with \a parameters in it, or nothing and says why.
    Error appendTo(QByteArray &to, const Parameters &parameters) const;

private:
    QByteArray m_sql;
    QByteArrayList m_pieces; // before, between and behind the placeholders, with a space where one is needed
    qsizetype m_piecesSize = 0;
    Error m_error;
};

//! A statement for COM_STMT_PREPARE, and its parameters in the order of their \c{?}.
struct PreparedText
{
    QByteArray sql;
    Parameters parameters;
};

/*!
    For the prepared path: \c{:name} becomes \c{?}, and a List as many \c{?} as it has values.

    With neither names nor lists, \a sql is not even looked at: the server counts its placeholders best.
*/
Result<PreparedText> prepareStatement(QByteArrayView sql, const Parameters &parameters,
                                      const RenderOptions &options = {});

//! How many \c{?} the statement has, or nothing where that hangs on the server or its settings.
std::optional<qsizetype> countPlaceholders(QByteArrayView sql);

//! A statement with \c{?} for each \c{:name}, and the names in their order.
struct NamedStatement
{
    QByteArray sql;
    QStringList names;
};
Result<NamedStatement> rewriteNamed(QByteArrayView sql, const RenderOptions &options = {});

} // namespace QAsyncMySql::Internal
