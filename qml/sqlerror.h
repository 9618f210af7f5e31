// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/error.h>

#include <QtQml/qqml.h>

namespace QAsyncMySql {

namespace Internal {

//! The QML value type \c sqlError: a property \c error of the other types, with \c kind, \c code, \c message
//! …
struct ErrorForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::Error)
    QML_VALUE_TYPE(sqlError)
};

} // namespace Internal

/*!
    \qmltype SqlError
    The enumerations of sqlError, under a name that QML can write: \c{error.kind === SqlError.Server}.

    They are written out, since qmllint of Qt 6.4 cannot tell a value type from the namespace of its
   enumerations.

    \since 1.0
*/
class SqlError : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("SqlError only holds enumerations.")

public:
    //! As Error::Kind.
    enum Kind
    {
        NoError,
        Server,
        Connection,
        Timeout,
        Cancelled,
        Security,
        Protocol,
        Limit,
        Conversion,
        Usage,
        Pool
    };
    Q_ENUM(Kind)
    //! As Error::Outcome.
    enum Outcome
    {
        NotSent,
        NotExecuted,
        Executed,
        Unknown
    };
    Q_ENUM(Outcome)

    static_assert(int(Server) == int(Error::Kind::Server) && int(Pool) == int(Error::Kind::Pool));
    static_assert(int(NotSent) == int(Error::Outcome::NotSent)
                  && int(Unknown) == int(Error::Outcome::Unknown));
};

} // namespace QAsyncMySql
