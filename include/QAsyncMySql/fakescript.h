// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/fakegreeting.h>
#include <QAsyncMySql/fakepacket.h>
#include <QAsyncMySql/fakeresult.h>
#include <QAsyncMySql/testcertificates.h>

#include <QtCore/QSharedDataPointer>

#include <chrono>

namespace QAsyncMySql {

class FakeScriptData;

/*!
    What a FakeServer is to do in one connection, step by step, in the order of the conversation.

    \code
    FakeScript script;
    script.acceptLogin()
        .expectStatement("SELECT name FROM people")
        .answer(FakeResult({"name"}).addRow("Ada"))
        .expectStatement("DELETE FROM people")
        .wait(200ms)
        .answerError(1142, "DELETE command denied", "42000")
        .disconnect();
    \endcode

    An implicitly shared value. SQL is compared after blanks at its ends are taken off; an empty text matches
    any. What only keeps a connection in order needs no step and is answered by itself, unless the step that
   is next names it: closing a statement, a ping, a reset, and the statements by which QAsyncMySql sets a
   session up (SET NAMES, SET ROLE, SELECT CURRENT_ROLE()).

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT FakeScript
{
public:
    FakeScript();
    FakeScript(const FakeScript &other);
    FakeScript &operator=(const FakeScript &other);
    ~FakeScript();

    /*! Greets, lets anybody in whatever the password, and says OK to the statement that QAsyncMySql sets its
        session up with. With certificates (FakeServer::setCertificates()) the client may have TLS. Initial
        statements of the program's own (ConnectOptions::setInitCommands()) are steps like others. */
    FakeScript &acceptLogin(const FakeGreeting &greeting = FakeGreeting());
    //! Greets, and refuses the login with error 1045, or another.
    FakeScript &refuseLogin(quint16 code = 1045, const QString &message = QStringLiteral("Access denied"),
                            const QByteArray &sqlState = "28000");
    //! The greeting alone: what comes next is up to the script.
    FakeScript &greet(const FakeGreeting &greeting = FakeGreeting());

    // What the client must do next.
    FakeScript &expectLogin(const QString &user
                            = {}); //!< its response to the greeting, after TLS if it wants
    FakeScript &expectTlsRequest(); //!< its wish for TLS; startTls() is a step of its own then
    FakeScript &expectStatement(const QString &sql); //!< by query() or execute(); preparing is answered
    FakeScript &expectQuery(const QString &sql); //!< COM_QUERY
    FakeScript &expectPrepare(const QString &sql); //!< COM_STMT_PREPARE, to be answered by the script
    FakeScript &expectExecute(); //!< COM_STMT_EXECUTE of whatever statement
    FakeScript &expectPing();
    FakeScript &expectReset();
    FakeScript &expectUse(const QString &schema); //!< COM_INIT_DB
    FakeScript &expectQuit(); //!< COM_QUIT
    FakeScript &expectCommand(quint8 command); //!< by its number, whatever follows it
    FakeScript &expectPacket(); //!< any packet
    FakeScript &expectClosed(); //!< the client hangs up

    // What the server does next.
    FakeScript &answer(const FakeResult &result);
    FakeScript &answerOk() { return answer(FakeResult()); }
    FakeScript &answerError(quint16 code, const QString &message, const QByteArray &sqlState = "HY000");
    //! The answer to expectPrepare(): the statement's number, and how many parameters and columns it has.
    FakeScript &answerPrepared(quint32 id, quint16 parameters = 0, const QStringList &columns = {});
    FakeScript &send(const QByteArray &payload); //!< one packet; its sequence number is the right one
    FakeScript &sendNumbered(const QByteArray &payload, quint8 sequence); //!< ... or this one
    FakeScript &sendBytes(const QByteArray &bytes); //!< as they are, headers and all
    FakeScript &sendSlowly(const QByteArray &bytes, std::chrono::milliseconds pause); //!< one by one
    FakeScript &sendForever(const QByteArray &payload); //!< the packet again and again, while anyone reads
    FakeScript &sendBytesForever(const QByteArray &bytes); //!< ... or these bytes, as they are
    FakeScript &startTls(TestCertificates::Server kind = TestCertificates::Server::Valid);
    FakeScript &wait(std::chrono::milliseconds time);
    FakeScript &stall(); //!< nothing more, and no reading either
    FakeScript &disconnect(); //!< a regular end of the stream (FIN), after what was sent
    FakeScript &reset(); //!< a connection reset (RST), where there is one
    //! All steps of \a other, \a times times.
    FakeScript &append(const FakeScript &other, int times = 1);

    qsizetype stepCount() const;

private:
    friend class FakeScriptData;
    QSharedDataPointer<FakeScriptData> d;
};

} // namespace QAsyncMySql
