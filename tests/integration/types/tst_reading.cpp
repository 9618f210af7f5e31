// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "typecases.h"

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/sqltime.h>

using namespace QAsyncMySql;
using namespace Types;

//! Every column type, at its edges, in both protocols: what we read against what the server says it is.
class tst_Reading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void types_data();
    void types();
    void cleanup() { m_connection.reset(); }

private:
    static QString proofSql(Proof proof);
    void compare(const Row &row, Proof proof);

    std::unique_ptr<Connection> m_connection;
};

void tst_Reading::types_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<StatementProtocol>("protocol");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, text", qPrintable(id)) << id << StatementProtocol::Text;
        QTest::addRow("%s, prepared", qPrintable(id)) << id << StatementProtocol::Prepared;
    }
}

QString tst_Reading::proofSql(Proof proof)
{
    switch (proof) {
    case Proof::Hex:
        return QStringLiteral("HEX(v)");
    case Proof::Number:
        return QStringLiteral("CAST(v + 0 AS CHAR)");
    case Proof::Double:
        return QStringLiteral("CAST(v AS DOUBLE)");
    case Proof::Text:
        break;
    }
    return QStringLiteral("CAST(v AS CHAR CHARACTER SET utf8mb4)");
}

void tst_Reading::compare(const Row &row, Proof proof)
{
    switch (proof) {
    case Proof::Hex:
        QCOMPARE(row.tryGet<QByteArray>(0).value().toHex().toUpper(), row.get<QByteArray>(1));
        break;
    case Proof::Number:
        QCOMPARE(QByteArray::number(row.tryGet<quint64>(0).value()), row.get<QByteArray>(1));
        break;
    case Proof::Double:
        if (row.columns().first().type() == ColumnType::Float)
            QVERIFY(qFuzzyIsNull(row.get<double>(1))
                    || qAbs(row.tryGet<float>(0).value() / row.get<double>(1) - 1) < 1e-5);
        else
            QCOMPARE(row.tryGet<double>(0).value(), row.get<double>(1));
        break;
    case Proof::Text:
        QCOMPARE(row.cell(0).toText(), row.get<QByteArray>(1));
        break;
    }
}

void tst_Reading::types()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    m_connection = std::make_unique<Connection>();
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    VERIFY_OK(await(m_connection->open(options)));
    const QString database = QStringLiteral("types_reading_%1").arg(QCoreApplication::applicationPid());
    VERIFY_OK(await(m_connection->query(QStringLiteral("CREATE DATABASE IF NOT EXISTS ") + database)));
    VERIFY_OK(await(m_connection->useDatabase(database)));
    // Zero and partial dates are wanted here; and BIT and TIME beyond their range must not slip in.
    VERIFY_OK(await(m_connection->query(u"SET sql_mode = 'STRICT_ALL_TABLES'")));

    for (const TypeCase &type : typeCases()) {
        if (!applies(type, live.id, live.isMySql()))
            continue;
        const QString definition = QString::fromUtf8(type.definition);
        VERIFY_OK(await(m_connection->query(u"DROP TABLE IF EXISTS t")));
        VERIFY_OK(await(
            m_connection->query(QStringLiteral("CREATE TABLE t (n INT PRIMARY KEY, v %1)").arg(definition))));
        int n = 0;
        for (const QByteArray &literal : type.literals) {
            VERIFY_OK(await(m_connection->query(
                QStringLiteral("INSERT INTO t VALUES (%1, %2)").arg(++n).arg(QString::fromUtf8(literal)))));
        }
        VERIFY_OK(await(m_connection->query(u"INSERT INTO t VALUES (1000, NULL)")));
        const auto result = await(m_connection->run(
            protocol, QStringLiteral("SELECT v, %1 FROM t ORDER BY n").arg(proofSql(type.proof)), {}));
        VERIFY_OK(result);
        QCOMPARE(result->size(), type.literals.size() + 1);

        const Column column = result->columns().first();
        const bool plainJson = live.isMariaDb() && column.extendedTypeName().isEmpty();
        if (!plainJson || QByteArray(type.typeName) != "JSON")
            QVERIFY2(column.typeName() == QLatin1String(type.typeName),
                     qPrintable(definition + u": " + column.typeName()));
        QVERIFY2(column.metaType() == QMetaType(type.metaType), qPrintable(definition));
        for (qsizetype i = 0; i < type.literals.size(); ++i) {
            const Row row = result->at(i);
            QVERIFY(!row.isNull(0));
            compare(row, type.proof);
            if (QTest::currentTestFailed())
                qFatal("%s, %s", type.definition, type.literals.at(i).left(60).constData());
            const QVariant value = row.value(0);
            QVERIFY2(value.metaType() == column.metaType()
                         || value.metaType() == QMetaType::fromType<SqlTime>()
                         || row.get<QString>(0).endsWith(u"-00"),
                     qPrintable(definition));
        }
        const Row null = result->at(result->size() - 1);
        QVERIFY(null.isNull(0));
        QVERIFY(null.value(0).isNull());
        QCOMPARE(null.value(0).metaType(), column.metaType());
    }
    VERIFY_OK(await(m_connection->query(QStringLiteral("DROP DATABASE ") + database)));
}

QTEST_GUILESS_MAIN(tst_Reading)
#include "tst_reading.moc"
