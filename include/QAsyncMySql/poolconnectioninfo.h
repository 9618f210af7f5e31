// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QObject>
#include <QtCore/QString>

namespace QAsyncMySql {

/*!
    One connection of a Pool, as it was when Pool::connections() was called.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT PoolConnectionInfo
{
    Q_GADGET
    Q_PROPERTY(State state MEMBER state FINAL)
    Q_PROPERTY(quint64 connectionId MEMBER connectionId FINAL)
    Q_PROPERTY(QString server MEMBER server FINAL)
    Q_PROPERTY(QString borrower MEMBER borrower FINAL)
    Q_PROPERTY(QString statement MEMBER statement FINAL)
    Q_PROPERTY(qint64 stateMs MEMBER stateMs FINAL)
    Q_PROPERTY(qint64 ageMs MEMBER ageMs FINAL)
    Q_PROPERTY(qint64 loans MEMBER loans FINAL)

public:
    //! What the pool is doing with it.
    enum class State : int
    {
        Opening, //!< connecting, logging in, or in the initializer
        Idle,
        Validating, //!< asked whether it is still alive, after a long time of idleness
        Leased,
        Resetting, //!< being made clean for the next borrower
        Closing, //!< to be closed as soon as what ran on it has been stopped
    };
    Q_ENUM(State)

    PoolConnectionInfo() noexcept { }

    State state = State::Opening;
    quint64 connectionId = 0; //!< the server's number of the session; 0 while there is none
    quint64 serial = 0; //!< the pool's own number of it, never used twice
    QString server; //!< "host:port"
    QString borrower; //!< who has it: the place of acquire(), or the text of the single statement
    //! What runs on it now, or empty: on one line, with \c … for what is quoted in it, and cut after 500
    //! characters. So no password gets into a panel or log.
    QString statement;
    qint64 stateMs = 0; //!< in this state for so many ms
    qint64 ageMs = 0; //!< since it was opened
    qint64 loans = 0; //!< how often it was lent
};

} // namespace QAsyncMySql

Q_DECLARE_METATYPE(QAsyncMySql::PoolConnectionInfo)
