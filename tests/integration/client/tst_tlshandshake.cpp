// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pool>

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

using namespace QAsyncMySql;

namespace {

//! Stands between client and server, passes all on, and keeps what the handshakes were.
class Tap : public QObject
{
public:
    //! The plain part of one connection's bytes.
    struct Record
    {
        QByteArray toServer;
        QByteArray toClient;
    };

    explicit Tap(const MatrixServer &server)
        : m_host(server.host)
        , m_port(server.port)
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this] { accept(); });
        m_listener.listen(QHostAddress::LocalHost);
    }
    quint16 port() const { return m_listener.serverPort(); }
    const QList<std::shared_ptr<Record>> &records() const { return m_records; }

private:
    static constexpr qsizetype Kept = 16'384; // bytes of each direction, more than any handshake has

    void accept()
    {
        QTcpSocket *client = m_listener.nextPendingConnection();
        auto *server = new QTcpSocket(client);
        const auto record = std::make_shared<Record>();
        m_records.append(record);
        const auto pass = [](QTcpSocket *from, QTcpSocket *to, QByteArray &copy) {
            const QByteArray bytes = from->readAll();
            copy += bytes.first(std::min(bytes.size(), Kept - std::min(Kept, copy.size())));
            to->write(bytes);
        };
        connect(client, &QTcpSocket::readyRead, server, [=] { pass(client, server, record->toServer); });
        connect(server, &QTcpSocket::readyRead, client, [=] { pass(server, client, record->toClient); });
        connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        server->connectToHost(m_host, m_port);
    }

    QTcpServer m_listener;
    QList<std::shared_ptr<Record>> m_records;
    QString m_host;
    quint16 m_port;
};

//! Reads numbers and blocks as TLS has them (RFC 8446, section 3).
class TlsReader
{
public:
    explicit TlsReader(QByteArrayView bytes)
        : m_left(bytes)
    {
    }
    bool atEnd() const { return m_left.isEmpty(); }
    qsizetype number(int bytes)
    {
        qsizetype value = 0;
        for (const char byte : take(bytes))
            value = value << 8 | uchar(byte);
        return value;
    }
    //! What stands behind a length of \a lengthBytes bytes.
    QByteArrayView block(int lengthBytes) { return take(number(lengthBytes)); }
    QByteArrayView take(qsizetype count)
    {
        const QByteArrayView taken = m_left.first(std::min(count, m_left.size()));
        m_left = m_left.sliced(taken.size());
        return taken;
    }

private:
    QByteArrayView m_left;
};

//! The handshake messages that go unencrypted, by their type, without the frame of MySQL before them.
QMultiMap<int, QByteArray> plainMessages(const QByteArray &bytes)
{
    constexpr int ChangeCipherSpec = 20;
    constexpr int Handshake = 22;
    // The random of a ServerHello that only asks for another ClientHello (RFC 8446, section 4.1.3).
    const auto retry
        = QByteArray::fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
    QMultiMap<int, QByteArray> messages;
    const qsizetype frame = 4 + uchar(bytes.at(0)) + (uchar(bytes.at(1)) << 8);
    TlsReader records(QByteArrayView(bytes).sliced(frame));
    QByteArray stream;
    while (!records.atEnd()) {
        const qsizetype type = records.number(1);
        records.number(2); // version
        const QByteArrayView content = records.block(2);
        if (type == ChangeCipherSpec && stream.contains(retry) && messages.isEmpty()) {
            messages.insert(0, {}); // once: the real ServerHello follows
            continue;
        }
        if (type != Handshake)
            break; // the change to encryption
        stream += content.toByteArray();
    }
    TlsReader reader(stream);
    while (!reader.atEnd()) {
        const auto type = int(reader.number(1));
        messages.insert(type, reader.block(3).toByteArray());
    }
    return messages;
}

constexpr int ClientHello = 1;
constexpr int ServerHello = 2;
constexpr int Certificate = 11;
constexpr qsizetype ServerName = 0; // extensions
constexpr qsizetype PreSharedKey = 41;
constexpr qsizetype SupportedVersions = 43;

QMap<qsizetype, QByteArray> extensions(const QByteArray &hello, int type)
{
    TlsReader reader(hello);
    reader.number(2); // version
    reader.take(32); // random
    reader.block(1); // session id
    if (type == ClientHello) {
        reader.block(2); // ciphers
        reader.block(1); // compressions
    } else {
        reader.number(3); // those chosen
    }
    TlsReader list(reader.block(2));
    QMap<qsizetype, QByteArray> found;
    while (!list.atEnd()) {
        const qsizetype number = list.number(2);
        found.insert(number, list.block(2).toByteArray());
    }
    return found;
}

//! True if the server took up an earlier session: with its key in TLS 1.3, without its certificate in
//! TLS 1.2.
bool isResumed(const Tap::Record &record)
{
    const QMultiMap<int, QByteArray> messages = plainMessages(record.toClient);
    const auto chosen = extensions(messages.value(ServerHello), ServerHello);
    return chosen.contains(SupportedVersions) ? chosen.contains(PreSharedKey)
                                              : !messages.contains(Certificate);
}

} // namespace

//! What goes over the wire while TLS is begun.
class tst_TlsHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resumption_data();
    void resumption();
    void resumptionInAPool_data() { ServerMatrix::addRows(); }
    void resumptionInAPool();
    void serverName_data() { ServerMatrix::addRows(); }
    void serverName();
};

void tst_TlsHandshake::resumption_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("tls13");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, TLS 1.3", qPrintable(id)) << id << true;
        QTest::addRow("%s, TLS 1.2", qPrintable(id)) << id << false;
    }
}

void tst_TlsHandshake::resumption()
{
    MATRIX_SERVER(live);
    QFETCH(const bool, tls13);
    Tap tap(live);
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    QSslConfiguration configuration = options.sslConfiguration();
    configuration.setProtocol(tls13 ? QSsl::TlsV1_3OrLater : QSsl::TlsV1_2);
    options.setSslConfiguration(configuration).setPort(tap.port());
    const auto opens = [&tap](const ConnectOptions &how) -> QString {
        Connection connection;
        const auto opened = await(connection.open(how));
        if (!opened || !connection.isEncrypted() || !await(connection.ping()) || !await(connection.close()))
            return QStringLiteral("failed: ") + opened.error().toString();
        return isResumed(*tap.records().last()) ? QStringLiteral("resumed") : QStringLiteral("new");
    };
    QCOMPARE(opens(options), QStringLiteral("new"));
    // A server may decline now and then; that it ever takes one up is what we want to know.
    const auto resumes = [&](const ConnectOptions &how) {
        int resumed = 0;
        for (int i = 0; i < 4; ++i)
            resumed += opens(how) == u"resumed" ? 1 : 0;
        return resumed;
    };
    QVERIFY(resumes(options) > 0);
    // Not where something else is asked of the server, and not where it is switched off.
    QCOMPARE(opens(ConnectOptions(options).setTlsResumption(false)), QStringLiteral("new"));
    QCOMPARE(opens(ConnectOptions(options).setSslMode(SslMode::VerifyCa)), QStringLiteral("new"));
    QCOMPARE(opens(ConnectOptions(options).setHost(QStringLiteral("localhost"))), QStringLiteral("new"));
    QVERIFY(resumes(options) > 0);
}

void tst_TlsHandshake::resumptionInAPool()
{
    MATRIX_SERVER(live);
    Tap tap(live);
    Pool pool(ConnectOptions::fromUrl(live.url())->setPort(tap.port()));
    VERIFY_OK(await(pool.query(u"SELECT 1")));
    QCOMPARE(tap.records().size(), 1);
    QList<Reply<Lease>> replies;
    for (int i = 0; i < 4; ++i)
        replies.append(pool.acquire());
    QList<Lease> leases;
    for (const Reply<Lease> &reply : replies) {
        const auto lease = await(reply);
        VERIFY_OK(lease);
        leases.append(*lease);
    }
    QVERIFY(tap.records().size() >= 4);
    QVERIFY(!isResumed(*tap.records().at(0)));
    int resumed = 0;
    for (const auto &record : tap.records())
        resumed += isResumed(*record) ? 1 : 0;
    QVERIFY(resumed > 0);
    leases.clear();
    replies.clear();
    VERIFY_OK(await(pool.close()));
}

// Pitfall 39: the name is that of the options, and an address is none (RFC 6066, section 3).
void tst_TlsHandshake::serverName()
{
    MATRIX_SERVER(live);
    Tap tap(live);
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    options.setPort(tap.port());
    for (const char *host : {"localhost", "127.0.0.1"}) {
        Connection connection;
        VERIFY_OK(await(connection.open(options.setHost(QString::fromLatin1(host)))));
        QVERIFY(connection.isEncrypted());
        const auto asked
            = extensions(plainMessages(tap.records().last()->toServer).value(ClientHello), ClientHello);
        QVERIFY(asked.contains(SupportedVersions));
        const bool isName = QByteArrayView(host) == "localhost";
        QCOMPARE(asked.contains(ServerName), isName);
        if (isName)
            QVERIFY(asked.value(ServerName).endsWith(host));
    }
}

QTEST_GUILESS_MAIN(tst_TlsHandshake)
#include "tst_tlshandshake.moc"
