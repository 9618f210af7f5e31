// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

ConnectOptions optionsFor(const MatrixServer &server, const QString &way, const QString &compression)
{
    ConnectOptions options = *ConnectOptions::fromUrl(server.url());
    if (way == u"plain")
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    else if (way == u"socket")
        options.setSocketPath(server.socketPath);
    if (compression == u"zlib")
        options.setCompression(Compression::Zlib);
    else if (compression == u"zstd")
        options.setCompression(Compression::Zstd);
    return options;
}

} // namespace

//! Compression against real servers: each way to connect, each algorithm that a server offers.
class tst_Compressed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ways_data();
    void ways();
    void choice_data() { ServerMatrix::addRows(); }
    void choice();
    void demandedButNotOffered();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void streamed_data() { ServerMatrix::addRows(); }
    void streamed();
    void killedWhileIdle_data() { ServerMatrix::addRows(); }
    void killedWhileIdle();
    void disabledCapabilities_data() { ServerMatrix::addRows(); }
    void disabledCapabilities();
};

void tst_Compressed::ways_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("way");
    QTest::addColumn<QString>("compression");
    const QStringList servers = ServerMatrix::ids();
    for (const QString &server : servers) {
        for (const char *way : {"plain", "tls", "socket"}) {
            for (const char *compression : {"none", "zlib", "zstd"}) {
                QTest::addRow("%s, %s, %s", qPrintable(server), way, compression)
                    << server << QString::fromLatin1(way) << QString::fromLatin1(compression);
            }
        }
    }
}

void tst_Compressed::ways()
{
    MATRIX_SERVER(live);
    QFETCH(QString, way);
    QFETCH(QString, compression);
    if (live.isMariaDb() && compression == u"zstd")
        QSKIP("MariaDB servers do not offer zstd");
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live, way, compression))));

    // What the server says of it.
    const auto status = await(connection.query(u"SHOW SESSION STATUS LIKE 'Compression%'"));
    VERIFY_OK(status);
    QHash<QString, QString> values;
    for (const Row &row : status->rows())
        values.insert(row.get<QString>(0), row.get<QString>(1));
    QCOMPARE(values.value(QStringLiteral("Compression")),
             compression == u"none" ? QStringLiteral("OFF") : QStringLiteral("ON"));
    if (live.isMySql()) {
        QCOMPARE(values.value(QStringLiteral("Compression_algorithm")),
                 compression == u"none" ? QString() : compression);
    }
    QCOMPARE(connection.compression(),
             compression == u"zlib"       ? Compression::Zlib
                 : compression == u"zstd" ? Compression::Zstd
                                          : Compression::Uncompressed);

    // Every kind of command, small and large both ways.
    VERIFY_OK(await(connection.ping()));
    VERIFY_OK(await(connection.useDatabase(live.database)));
    const QByteArray blob = QByteArray("0123456789abcdef").repeated(100'000); // 1.6 MB
    const auto echo = await(connection.execute(u"SELECT ?, LENGTH(?)", blob, blob));
    VERIFY_OK(echo);
    QCOMPARE(echo->rows().at(0).get<QByteArray>(0), blob);
    QCOMPARE(echo->rows().at(0).get<qint64>(1), blob.size());
    const auto text = await(connection.query(u"SELECT ?", QString::fromLatin1(blob)));
    VERIFY_OK(text);
    QCOMPARE(text->rows().at(0).get<QString>(0), QString::fromLatin1(blob));
    const auto wrong = await(connection.query(u"SELECT nonsense FROM nowhere"));
    QVERIFY(!wrong);
    QVERIFY(!wrong.error().isConnectionLost());
    VERIFY_OK(await(connection.reset()));
    const auto many = await(connection.query(u"SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3"));
    VERIFY_OK(many);
    QCOMPARE(many->rows().size(), 3);
    const auto traffic = await(
        connection.query(u"SHOW SESSION STATUS WHERE Variable_name IN ('Bytes_sent', 'Bytes_received')"));
    VERIFY_OK(traffic);
    for (const Row &row : traffic->rows()) {
        // 6.4 MB went to the server and 3.2 MB came back; all of it is the same sixteen bytes.
        if (compression != u"none")
            QVERIFY2(row.get<qint64>(1) < 1'000'000, qPrintable(row.get<QString>(0)));
    }
    VERIFY_OK(await(connection.close()));
}

void tst_Compressed::choice()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setCompression({Compression::Zstd, Compression::Zlib, Compression::Uncompressed})
        .setCompressionLevel(9);
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    QCOMPARE(connection.compression(), live.isMariaDb() ? Compression::Zlib : Compression::Zstd);
    if (live.isMySql()) {
        const auto level = await(connection.query(u"SHOW SESSION STATUS LIKE 'Compression_level'"));
        VERIFY_OK(level);
        QCOMPARE(level->rows().at(0).get<int>(1), 9);
    }
}

void tst_Compressed::demandedButNotOffered()
{
    const QString server = QStringLiteral("mariadb-11.8");
    const MatrixServer live = ServerMatrix::server(server);
    if (!live.isRunning())
        QSKIP(qPrintable(live.error));
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setCompression(Compression::Zstd);
    Connection connection;
    const auto opened = await(connection.open(options));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind(), Error::Kind::Usage);
    QVERIFY2(opened.error().message().contains(u"UNCOMPRESSED"), qPrintable(opened.error().message()));
}

void tst_Compressed::cancelled()
{
    MATRIX_SERVER(live);
    Connection connection;
    ConnectOptions options = optionsFor(live, QStringLiteral("tls"), QStringLiteral("zlib"));
    options.setCancelTimeout(std::chrono::seconds(20)); // a busy server may take its time
    VERIFY_OK(await(connection.open(options)));
    auto reply = connection.query(u"SELECT SLEEP(30)");
    const auto behind = connection.ping();
    QTRY_COMPARE(connection.state(), Connection::State::Busy);
    connection.cancelCurrent();
    const auto result = await(reply);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(behind));
}

void tst_Compressed::streamed()
{
    MATRIX_SERVER(live);
    for (const Compression algorithm : {Compression::Zlib, Compression::Zstd}) {
        if (live.isMariaDb() && algorithm == Compression::Zstd)
            continue;
        Connection connection;
        ConnectOptions options = *ConnectOptions::fromUrl(live.url());
        options.setCompression(algorithm);
        VERIFY_OK(await(connection.open(options)));
        const QString digits = QStringLiteral(
            "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION "
            "ALL "
            "SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)");
        const QString sql = QStringLiteral("SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d, REPEAT('x', 200) "
                                           "FROM %1 a, %1 b, %1 c, %1 e")
                                .arg(digits);
        const auto cursor = connection.stream(sql);
        qint64 sum = 0;
        int count = 0;
        for (;;) {
            const auto batch = await(cursor->nextBatch());
            VERIFY_OK(batch);
            if (batch->isEmpty())
                break;
            for (const Row &row : *batch) {
                sum += row.get<qint64>(0);
                QCOMPARE(row.get<QByteArray>(1).size(), 200);
                ++count;
            }
        }
        QCOMPARE(count, 10'000);
        QCOMPARE(sum, 9'999LL * 10'000 / 2);
    }
}

// Pitfall 30.
//! What the server says before it hangs up is understood in a compressed frame, too.
void tst_Compressed::killedWhileIdle()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live, QStringLiteral("tls"), QStringLiteral("zlib")))));
    Connection other;
    VERIFY_OK(await(other.open(optionsFor(live, QStringLiteral("tls"), QStringLiteral("zlib")))));
    VERIFY_OK(await(other.killConnection(connection.connectionId())));
    QTRY_COMPARE(connection.state(), Connection::State::Closed);
    QVERIFY(connection.lastError().isConnectionLost());
}

void tst_Compressed::disabledCapabilities()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setCompression({Compression::Zlib, Compression::Uncompressed})
        .setDisabledCapabilities({QStringLiteral("COMPRESS"), QStringLiteral("client_deprecate_eof"),
                                  QStringLiteral("SESSION_TRACK"),
                                  QStringLiteral("MARIADB_EXTENDED_METADATA")});
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    QCOMPARE(connection.compression(), Compression::Uncompressed);
    const auto rows = await(connection.execute(u"SELECT ?, 'text'", 7));
    VERIFY_OK(rows);
    QCOMPARE(rows->rows().at(0).get<int>(0), 7);

    options.setDisabledCapabilities({QStringLiteral("FLYING")});
    Connection second;
    const auto refused = await(second.open(options));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message().contains(u"\"FLYING\""), qPrintable(refused.error().message()));
    QVERIFY2(refused.error().message().contains(u"DEPRECATE_EOF"), qPrintable(refused.error().message()));
}

QTEST_GUILESS_MAIN(tst_Compressed)
#include "tst_compressed.moc"
