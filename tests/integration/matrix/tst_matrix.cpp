// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "typecases.h"

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/sqltime.h>

#include <QtCore/QBuffer>
#include <QtCore/QCryptographicHash>
#include <QtCore/QSet>

using namespace QAsyncMySql;
using namespace Types;

namespace {

// The value of a cell as the parameter that loses nothing of it.
Parameter parameterOf(const Cell &cell)
{
    if (cell.isNull())
        return nullptr;
    switch (cell.type()) {
    case ColumnType::Decimal:
    case ColumnType::NewDecimal:
        return cell.as<Decimal>().value();
    case ColumnType::Time:
        return cell.as<SqlTime>().value();
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        if (const auto time = cell.as<std::chrono::local_time<std::chrono::microseconds>>())
            return *time;
        return cell.as<QString>().value(); // a date that no calendar has
    case ColumnType::Date:
        if (const auto date = cell.as<std::chrono::year_month_day>())
            return *date;
        return cell.as<QString>().value();
    case ColumnType::Float:
        return cell.as<float>().value();
    case ColumnType::Json:
        return Json(cell.as<QString>().value());
    default:
        return cell.toVariant();
    }
}

} // namespace

/*
    Every type at its edges over every kind of connection (in the short run, with one algorithm of compression
    for each; QASYNCMYSQL_FULL_MATRIX tries all): what is read is what the server says it is (HEX()
   or CAST()), and written back it is the same to the bit.
*/
class tst_Matrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyType_data();
    void everyType();
    void localFile_data();
    void localFile();
    void cleanupTestCase();

private:
    static ConnectOptions optionsFor(const MatrixServer &live, const QString &transport,
                                     const QString &compression);
    static void checkWay(const Connection &connection, const QString &transport, const QString &compression);
    void prepare(const MatrixServer &server);
    void roundTrip(Connection &connection, StatementProtocol protocol, int table, const TypeCase &type);
    static QString hexOf(const QString &column, const TypeCase &type);
    QString m_database = QStringLiteral("matrix_%1").arg(QCoreApplication::applicationPid());
    QSet<QString> m_prepared;
};

void tst_Matrix::everyType_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("compression");
    QTest::addColumn<StatementProtocol>("protocol");
    const bool all = qEnvironmentVariableIsSet("QASYNCMYSQL_FULL_MATRIX");
    const QStringList transports{QStringLiteral("plain"), QStringLiteral("tls"), QStringLiteral("socket")};
    const QStringList every{QStringLiteral("none"), QStringLiteral("zlib"), QStringLiteral("zstd")};
    for (const QString &id : ServerMatrix::ids()) {
        const QStringList offered = id.startsWith(u"mariadb") ? every.first(2) : every;
        qsizetype turn = 0;
        for (const QString &transport : transports) {
            for (const auto protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
                // In the short run each transport and each algorithm meets both protocols.
                const QString next = offered.at(turn % 3 % offered.size());
                ++turn;
                for (const QString &compression : all ? every : QStringList{next}) {
                    QTest::addRow("%s, %s, %s, %s", qPrintable(id), qPrintable(transport),
                                  qPrintable(compression),
                                  protocol == StatementProtocol::Text ? "text" : "prepared")
                        << id << transport << compression << protocol;
                }
            }
        }
    }
}

void tst_Matrix::localFile_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("compression");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *transport : {"plain", "tls", "socket"}) {
            for (const char *compression : {"none", "zlib", "zstd"}) {
                QTest::addRow("%s, %s, %s", qPrintable(id), transport, compression)
                    << id << QString::fromLatin1(transport) << QString::fromLatin1(compression);
            }
        }
    }
}

//! The way of the current row.
ConnectOptions tst_Matrix::optionsFor(const MatrixServer &live, const QString &transport,
                                      const QString &compression)
{
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    if (transport == u"plain")
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    else if (transport == u"socket")
        options.setSocketPath(live.socketPath);
    if (compression == u"zlib")
        options.setCompression(Compression::Zlib);
    else if (compression == u"zstd")
        options.setCompression(Compression::Zstd);
    return options;
}

void tst_Matrix::checkWay(const Connection &connection, const QString &transport, const QString &compression)
{
    QCOMPARE(connection.isEncrypted(), transport == u"tls");
    QCOMPARE(connection.compression(),
             compression == u"zlib"       ? Compression::Zlib
                 : compression == u"zstd" ? Compression::Zstd
                                          : Compression::Uncompressed);
}

// Where a packet holds 64 KiB of the file, and a frame of the compression parts of it.
void tst_Matrix::localFile()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, transport);
    QFETCH(const QString, compression);
    if (live.isMariaDb() && compression == u"zstd")
        QSKIP("MariaDB's servers do not offer zstd");
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live, transport, compression).setLocalInfile(true))));
    checkWay(connection, transport, compression);
    VERIFY_OK(
        await(connection.query(u"CREATE TEMPORARY TABLE loaded (n INT PRIMARY KEY, noise VARBINARY(40))")));
    QByteArray file;
    QByteArray noise;
    for (int n = 0; n < 20'000; ++n) { // some 1 MB that hardly gets smaller
        noise = QCryptographicHash::hash(QByteArray(noise + QByteArray::number(n)), QCryptographicHash::Sha1);
        file += QByteArray::number(n) + '\t' + noise.toBase64() + '\n';
    }
    QBuffer device(&file);
    QVERIFY(device.open(QIODevice::ReadOnly));
    StatementOptions statement;
    statement.setLocalInfile(LocalInfile::fromDevice(&device));
    const auto loaded
        = await(connection.query(statement, u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE loaded"));
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), 20'000u);
    const auto check
        = await(connection.query(u"SELECT COUNT(*), SUM(n), MAX(IF(n = 19999, noise, NULL)) FROM loaded"));
    VERIFY_OK(check);
    QCOMPARE(check->at(0).get<qint64>(0), 20'000);
    QCOMPARE(check->at(0).get<qint64>(1), 19'999LL * 20'000 / 2);
    QCOMPARE(check->at(0).get<QByteArray>(2), noise.toBase64());
}

// The tables, once for each server: one with the values, and one to write them into.
void tst_Matrix::prepare(const MatrixServer &server)
{
    if (m_prepared.contains(server.id))
        return;
    m_prepared.insert(server.id);
    Connection connection;
    VERIFY_OK(await(connection.open(
        ConnectOptions::fromUrl(server.url())->setSqlMode(QStringLiteral("STRICT_ALL_TABLES")))));
    VERIFY_OK(await(connection.query(u"CREATE DATABASE IF NOT EXISTS " + m_database)));
    VERIFY_OK(await(connection.useDatabase(m_database)));
    for (qsizetype i = 0; i < typeCases().size(); ++i) {
        const TypeCase &type = typeCases().at(i);
        if (!applies(type, server.id, server.isMySql()))
            continue;
        const QString definition = QString::fromUtf8(type.definition);
        for (const char16_t *prefix : {u"original", u"copy"}) {
            VERIFY_OK(await(connection.query(QStringLiteral("CREATE TABLE %1%2 (n INT PRIMARY KEY, v %3)")
                                                 .arg(QString::fromUtf16(prefix))
                                                 .arg(i)
                                                 .arg(definition))));
        }
        QString rows = QStringLiteral("(0, NULL)");
        for (qsizetype n = 0; n < type.literals.size(); ++n)
            rows += QStringLiteral(", (%1, %2)").arg(n + 1).arg(QString::fromUtf8(type.literals.at(n)));
        VERIFY_OK(await(connection.query(QStringLiteral("INSERT INTO original%1 VALUES ").arg(i) + rows)));
    }
}

// HEX() of a number rounds it to an integer; and it knows no GEOMETRY on one of the servers.
QString tst_Matrix::hexOf(const QString &column, const TypeCase &type)
{
    const QByteArray name(type.typeName);
    if (type.proof == Proof::Hex)
        return QStringLiteral("HEX(%1)").arg(column);
    if (type.proof == Proof::Number || name.startsWith("BIT"))
        return QStringLiteral("HEX(CAST(%1 + 0 AS CHAR))").arg(column);
    if (type.proof == Proof::Double)
        return QStringLiteral("CAST(%1 AS DOUBLE)").arg(column);
    return QStringLiteral("HEX(CAST(%1 AS CHAR CHARACTER SET utf8mb4))").arg(column);
}

void tst_Matrix::roundTrip(Connection &connection, StatementProtocol protocol, int table,
                           const TypeCase &type)
{
    const auto read = await(connection.run(protocol,
                                           QStringLiteral("SELECT n, v, %1 FROM original%2 ORDER BY n")
                                               .arg(hexOf(QStringLiteral("v"), type))
                                               .arg(table),
                                           {}));
    VERIFY_OK(read);
    QCOMPARE(read->size(), type.literals.size() + 1);
    QVERIFY2(read->columns().at(1).metaType() == QMetaType(type.metaType), type.definition);
    VERIFY_OK(await(connection.run(protocol, QStringLiteral("DELETE FROM copy%1").arg(table), {})));
    const bool lossyFloat
        = read->columns().at(1).type() == ColumnType::Float && protocol == StatementProtocol::Text;
    for (const Row &row : *read) {
        const Cell cell = row.cell(1);
        if (!cell.isNull()) { // out: against the server's own words
            const QByteArray proof = row.raw(2).toByteArray();
            QByteArray ours;
            switch (type.proof) {
            case Proof::Hex:
                ours = cell.bytes().toByteArray().toHex().toUpper();
                break;
            case Proof::Number:
                ours = QByteArray::number(cell.as<quint64>().value()).toHex().toUpper();
                break;
            case Proof::Double:
                if (!lossyFloat)
                    QCOMPARE(cell.as<double>().value(), row.get<double>(2));
                ours = proof;
                break;
            case Proof::Text:
                ours = cell.toText().toHex().toUpper();
                break;
            }
            QVERIFY2(
                ours == proof,
                QByteArray(type.definition + QByteArray(": ") + ours.left(200) + " is not " + proof.left(200))
                    .constData());
        }
        auto written
            = await(connection.run(protocol, QStringLiteral("INSERT INTO copy%1 VALUES (?, ?)").arg(table),
                                   {row.get<int>(0), parameterOf(cell)}));
        // MySQL refuses TIME parameters of the last hour that have microseconds, and takes them as text.
        if (!written && written.error().code() == 1690 && cell.type() == ColumnType::Time)
            written = await(connection.query(QStringLiteral("INSERT INTO copy%1 VALUES (?, ?)").arg(table),
                                             row.get<int>(0), parameterOf(cell)));
        QVERIFY2(written,
                 qPrintable(QString::fromUtf8(type.definition) + u": " + written.error().toString()));
    }
    const auto same = await(connection.query(
        QStringLiteral("SELECT COUNT(*), SUM(%2 <=> %3) FROM original%1 a JOIN copy%1 b USING (n)")
            .arg(table)
            .arg(hexOf(QStringLiteral("a.v"), type), hexOf(QStringLiteral("b.v"), type))));
    VERIFY_OK(same);
    QCOMPARE(same->at(0).get<qint64>(0), type.literals.size() + 1);
    if (!lossyFloat)
        QVERIFY2(same->at(0).get<qint64>(1) == type.literals.size() + 1, type.definition);
}

void tst_Matrix::everyType()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, transport);
    QFETCH(const QString, compression);
    QFETCH(const StatementProtocol, protocol);
    if (live.isMariaDb() && compression == u"zstd")
        QSKIP("MariaDB's servers do not offer zstd");
    prepare(live);
    if (QTest::currentTestFailed())
        return;
    ConnectOptions options = optionsFor(live, transport, compression);
    options.setDatabase(m_database).setSqlMode(QStringLiteral("STRICT_ALL_TABLES"));
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    checkWay(connection, transport, compression);
    for (qsizetype i = 0; i < typeCases().size(); ++i) {
        if (!applies(typeCases().at(i), live.id, live.isMySql()))
            continue;
        roundTrip(connection, protocol, int(i), typeCases().at(i));
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_Matrix::cleanupTestCase()
{
    for (const QString &id : std::as_const(m_prepared)) {
        Connection connection;
        VERIFY_OK(await(connection.open(ConnectOptions::fromUrl(ServerMatrix::server(id).url()).value())));
        VERIFY_OK(await(connection.query(u"DROP DATABASE " + m_database)));
    }
}

QTEST_GUILESS_MAIN(tst_Matrix)
#include "tst_matrix.moc"
