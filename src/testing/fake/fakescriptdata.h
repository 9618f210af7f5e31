// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/fakescript.h>

#include <QtCore/QList>
#include <QtCore/QSharedData>

namespace QAsyncMySql {

namespace Internal {

//! One step of a script.
struct FakeStep
{
    enum class Kind : quint8
    {
        // Wait for the client.
        ExpectLogin, // text: the user, empty for any
        ExpectTlsRequest,
        ExpectSetup, // SET NAMES ..., answered with OK; anything else belongs to the next step
        ExpectStatement, // text: the SQL, empty for any
        ExpectCommand, // number: the command, or AnyCommand; text: its argument, empty for any
        ExpectPacket,
        ExpectClosed,
        // Say something.
        Greet, // greeting
        LetIn, // what ends a login well, for the method of the greeting
        Answer, // result
        Send, // bytes: a payload; number: its sequence number, or -1 for the right one
        SendBytes, // bytes
        SendSlowly, // bytes, one by one; number: the milliseconds in between
        SendForever, // bytes: a payload
        SendBytesForever, // bytes
        StartTls, // number: the TestCertificates::Server
        Wait, // number: milliseconds
        Stall,
        Disconnect,
        Reset,
    };
    Kind kind;
    QString text;
    QByteArray bytes;
    qint64 number = 0;
    FakeGreeting greeting;
    FakeResult result;

    //! True for those that wait for a packet of the client.
    bool wantsPacket() const { return kind <= Kind::ExpectPacket; }
    //! The step in the words of the script.
    QString describe() const;
};

//! "a ping", "the query SELECT 1": what a packet of a client says.
QString describeCommand(const QByteArray &packet);

} // namespace Internal

class FakeScriptData : public QSharedData
{
public:
    static const QList<Internal::FakeStep> &steps(const FakeScript &script);

    QList<Internal::FakeStep> list;
};

} // namespace QAsyncMySql
