// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/await.h"

#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/Pool>

#include <QtCore/QPointer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

/*
    A server that says of itself what a test wants, and that the test changes while it runs: unlike a
   FakeServer it follows no script. "WRITE" is refused where it is read-only; other statements are answered by
   its port.
*/
class RolePeer : public QObject
{
public:
    explicit RolePeer(bool isReadOnly = false)
        : readOnly(isReadOnly)
    {
        connect(&m_server, &QTcpServer::newConnection, this,
                [this] { take(m_server.nextPendingConnection()); });
        m_server.listen(QHostAddress::LocalHost);
        m_port = m_server.serverPort();
    }

    // What it says of itself.
    bool readOnly = false;
    bool isNode = false; // of Galera
    bool ready = true; // as such
    QByteArray memberState; // of a group
    int lag = -1; // in s; -1: replicates nothing
    QByteArray position = "3E11FA47-71CA-11E1-9E33-C80AA9429562:1-77"; // of a primary: its GTIDs
    int waitAnswer = 0; // of a replica or node that is to wait for such; -1: never
    // How it misbehaves.
    int loginError = 0;
    int statementError = 0; // of "FAIL"
    bool mute = false; // sends no greeting
    bool keepsReset = false; // does not answer to COM_RESET_CONNECTION
    bool refusesGroups = false; // does not tell of the members of a group
    int lagError = 0; // instead of how far it is behind
    int positionError = 0; // instead of its GTIDs
    QByteArray version; // another than that of its kind
    QVariant role; // CURRENT_ROLE()
    bool hangsUpOnRole = false;

    int writes = 0;
    int refusals = 0;
    int reads = 0;
    int asked = 0; // what it is
    QByteArray waitedFor;
    QByteArrayList roles; // that were set
    int connections = 0;
    int logins = 0;

    quint16 port() const { return m_port; }
    QString place() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    void goDown()
    {
        m_server.close();
        dropAll();
    }
    bool comeUp() { return m_server.listen(QHostAddress::LocalHost, m_port); }
    //! Hangs up on all of its clients.
    void dropAll()
    {
        for (const QPointer<QTcpSocket> &socket : std::exchange(m_sockets, {})) {
            if (socket)
                socket->abort();
        }
    }

    static QAsyncMySql::ConnectOptions options(const QList<const RolePeer *> &peers)
    {
        QAsyncMySql::ConnectOptions options;
        options.setHost(QStringLiteral("127.0.0.1")).setPort(peers.first()->port());
        options.setUser(QStringLiteral("test")).setSslMode(QAsyncMySql::SslMode::Disabled);
        QStringList others;
        for (qsizetype i = 1; i < peers.size(); ++i)
            others.append(peers[i]->place());
        options.setAlternativeHosts(others);
        return options;
    }

private:
    struct Session
    {
        QPointer<QTcpSocket> socket;
        QByteArray input;
        quint32 capabilities = 0;
        bool loggedIn = false;
        bool inTransaction = false;
        bool wasReset = false;
    };

    QAsyncMySql::FakeGreeting greeting() const
    {
        QAsyncMySql::FakeGreeting greeting;
        greeting.setPlugin("mysql_native_password");
        if (!version.isEmpty())
            greeting.setVersion(version);
        else if (isNode)
            greeting.setVersion("10.11.6-MariaDB");
        return greeting;
    }

    void take(QTcpSocket *socket)
    {
        ++connections;
        m_sockets.append(socket);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        if (mute)
            return;
        const auto session = std::make_shared<Session>();
        session->socket = socket;
        socket->write(QAsyncMySql::FakePacket::framed(greeting().payload(), 0));
        connect(socket, &QTcpSocket::readyRead, socket, [this, session] { read(*session); });
    }

    void read(Session &session)
    {
        session.input += session.socket->readAll();
        while (session.socket && session.input.size() >= 4) {
            const qsizetype length = quint8(session.input.at(0)) | quint8(session.input.at(1)) << 8;
            if (session.input.size() < 4 + length)
                return;
            const auto sequence = quint8(session.input.at(3));
            const QByteArray payload = session.input.mid(4, length);
            session.input.remove(0, 4 + length);
            quint8 next = sequence;
            for (const QByteArray &packet : answer(session, payload))
                session.socket->write(QAsyncMySql::FakePacket::framed(packet, ++next));
        }
    }

    QByteArrayList answer(Session &session, const QByteArray &payload)
    {
        using namespace QAsyncMySql;
        if (!session.loggedIn) {
            session.loggedIn = true;
            ++logins;
            quint32 wanted = 0;
            for (int i = 3; i >= 0; --i)
                wanted = wanted << 8 | quint8(payload.at(i));
            session.capabilities = wanted & greeting().capabilities();
            if (loginError != 0)
                return {FakePacket::error(quint16(loginError), "no")};
            return {FakePacket::ok()};
        }
        const QByteArray sql = payload.at(0) == 3 ? payload.mid(1) : QByteArray();
        const auto rows
            = [&session](const FakeResult &result) { return result.payloads(session.capabilities, false); };
        if (sql.startsWith("SELECT @@global.read_only")) {
            ++asked;
            if (refusesGroups && sql.contains("replication_group_members"))
                return {FakePacket::error(1142, "SELECT command denied to user")};
            if (isNode) {
                return rows(FakeResult({QStringLiteral("read_only"), QStringLiteral("wsrep_on"),
                                        QStringLiteral("wsrep_ready"), QStringLiteral("wsrep_status")})
                                .addRow(int(readOnly), QStringLiteral("ON"),
                                        ready ? QStringLiteral("ON") : QStringLiteral("OFF"),
                                        ready ? QStringLiteral("Primary") : QStringLiteral("non-Primary")));
            }
            return rows(
                FakeResult({QStringLiteral("read_only"), QStringLiteral("super_read_only"),
                            QStringLiteral("member_state")})
                    .addRow(int(readOnly), int(readOnly),
                            memberState.isEmpty() ? QVariant() : QVariant(QString::fromUtf8(memberState))));
        }
        if (sql == "SHOW REPLICA STATUS" || sql == "SHOW SLAVE STATUS") {
            if (lagError != 0)
                return {FakePacket::error(quint16(lagError), "no right to know")};
            FakeResult status({QStringLiteral("Seconds_Behind_Source")});
            if (lag >= 0)
                status.addRow(lag);
            return rows(status);
        }
        if (sql == "SELECT @@global.gtid_executed" && positionError != 0)
            return {FakePacket::error(quint16(positionError), "no right to know")};
        if (sql == "SELECT @@global.gtid_executed")
            return rows(FakeResult({QStringLiteral("set")}).addRow(QString::fromUtf8(position)));
        if (sql.startsWith("SELECT WAIT_FOR_EXECUTED_GTID_SET")
            || (sql.startsWith("SET STATEMENT wsrep_sync_wait") && !session.wasReset)) {
            waitedFor = sql;
            if (waitAnswer < 0)
                return {};
            return rows(FakeResult({QStringLiteral("wait")}).addRow(waitAnswer));
        }
        if (sql == "SELECT CURRENT_ROLE()") {
            if (hangsUpOnRole) {
                session.socket->disconnectFromHost();
                return {};
            }
            return rows(FakeResult({QStringLiteral("role")}).addRow(role));
        }
        if (sql.startsWith("SET ROLE"))
            roles.append(sql);
        if (keepsReset && !payload.isEmpty() && payload.at(0) == 0x1f)
            return {};
        if (sql == "WRITE") {
            if (isNode && !ready)
                return {
                    FakePacket::error(1047, "WSREP has not yet prepared node for application use", "08S01")};
            if (readOnly) {
                ++refusals;
                return {FakePacket::error(1290,
                                          "The MySQL server is running with the --super-read-only option so "
                                          "it cannot execute this statement")};
            }
            ++writes;
            return {FakePacket::ok(1, 0, statusOf(session))};
        }
        if (sql == "FAIL")
            return {FakePacket::error(quint16(statementError), "the server is running with some option")};
        if (sql == "READ") {
            ++reads;
            return rows(FakeResult({QStringLiteral("port")}).addRow(int(m_port)));
        }
        if (sql.startsWith("SET STATEMENT wsrep_sync_wait")) // MariaDB does not wait in such a session
            return rows(FakeResult({QStringLiteral("0")}).addRow(0));
        session.wasReset = session.wasReset || (!payload.isEmpty() && payload.at(0) == 0x1f);
        if (!payload.isEmpty() && payload.at(0) == 1) {
            session.socket->disconnectFromHost();
            return {};
        }
        if (sql == "START TRANSACTION")
            session.inTransaction = true;
        else if (sql == "COMMIT" || sql == "ROLLBACK")
            session.inTransaction = false;
        return {FakePacket::ok(0, 0, statusOf(session))};
    }

    static quint16 statusOf(const Session &session)
    {
        using QAsyncMySql::FakePacket;
        return quint16(FakePacket::StatusAutocommit
                       | (session.inTransaction ? FakePacket::StatusInTransaction : 0));
    }

    QTcpServer m_server;
    QList<QPointer<QTcpSocket>> m_sockets;
    quint16 m_port = 0;
};

inline QAsyncMySql::StatementOptions readOnly()
{
    return QAsyncMySql::StatementOptions().setServerAccess(QAsyncMySql::ServerAccess::ReadOnly);
}

//! The port of the server that answers.
inline int whoReads(QAsyncMySql::Pool &pool, const QAsyncMySql::StatementOptions &options = {})
{
    const auto result = await(pool.query(options, u"READ"));
    return result ? result->at(0).get<int>(0) : -result.error().code();
}
