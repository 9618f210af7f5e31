// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QElapsedTimer>

#include <tuple>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

const QString Create = QStringLiteral("CREATE TEMPORARY TABLE bulk (id INT AUTO_INCREMENT PRIMARY KEY, "
                                      "number BIGINT UNIQUE, text VARCHAR(200), "
                                      "price DECIMAL(12,2), ratio DOUBLE, made DATETIME)");
const QString Insert
    = QStringLiteral("INSERT INTO bulk (number, text, price, ratio, made) VALUES (?, ?, ?, ?, ?)");

using Line = std::tuple<qint64, QString, Decimal, double, QDateTime>;

Line line(qint64 i)
{
    return {i, QStringLiteral("row '%1' \\ \"ä\"").arg(i),
            *Decimal::fromString(QStringLiteral("%1.25").arg(i)), double(i) / 4,
            QDateTime(QDate(2026, 1, 1).startOfDay(Qt::UTC)).addSecs(i)};
}

qint64 number(const Result<ResultSet> &result)
{
    return result && !result->isEmpty() ? result->at(0).get<qint64>(0) : -1;
}

} // namespace

class tst_Bulk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowResults_data();
    void rowResults();
    void hundredThousandRows_data() { ServerMatrix::addRows(); }
    void hundredThousandRows();
    void rowsAndTails_data() { ServerMatrix::addRows(); }
    void rowsAndTails();
    void otherStatements_data() { ServerMatrix::addRows(); }
    void otherStatements();
    void failures_data() { ServerMatrix::addRows(); }
    void failures();
    void transaction_data() { ServerMatrix::addRows(); }
    void transaction();
    void largePackets_data() { ServerMatrix::addRows(); }
    void largePackets();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void binaryRows_data() { ServerMatrix::addRows(); }
    void binaryRows();
    void staysWithText_data() { ServerMatrix::addRows(); }
    void staysWithText();

private:
    static Result<void> open(Connection &connection, const MatrixServer &live)
    {
        const auto opened = await(connection.open(*ConnectOptions::fromUrl(live.url())));
        if (!opened)
            return opened;
        const auto created = await(connection.query(Create));
        return created ? Result<void>() : Result<void>(created.error());
    }
};

void tst_Bulk::hundredThousandRows()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    constexpr qint64 Count = 100'000;
    qint64 made = 0;
    Reply<BulkResult> reply
        = connection.executeMany(Insert, [made = &made, i = qint64(0)]() mutable -> std::optional<Line> {
              if (i == Count)
                  return {};
              ++*made;
              return line(i++);
          });
    QVERIFY(made <= 1); // rows are made as they are sent
    QElapsedTimer clock;
    clock.start();
    const auto result = await(reply, 120'000);
    VERIFY_OK(result);
    qInfo("%lld rows in %lld ms, %lld commands", Count, clock.elapsed(), qint64(result->chunks().size()));
    QVERIFY2(result->isComplete(), qPrintable(result->error().toString()));
    QCOMPARE(result->acceptedRows(), Count);
    QCOMPARE(result->affectedRows(), quint64(Count));
    QCOMPARE(reply.progressValue(), int(Count));
    QVERIFY(result->chunks().size() < 200);
    qint64 next = 0;
    quint64 id = 1;
    for (const BulkChunk &chunk : result->chunks()) {
        QCOMPARE(chunk.firstRow, next);
        QCOMPARE(chunk.firstInsertId, id);
        next += chunk.rowCount;
        id = chunk.lastInsertId + 1;
    }
    QCOMPARE(next, Count);
    QCOMPARE(id, quint64(Count + 1));

    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE id = number + 1"))), Count);
    const auto row = await(
        connection.execute(u"SELECT number, text, price, ratio, made FROM bulk WHERE number = ?", 98'765));
    VERIFY_OK(row);
    const auto [n, text, price, ratio, when] = line(98'765);
    QCOMPARE(row->at(0).get<qint64>(0), n);
    QCOMPARE(row->at(0).get<QString>(1), text);
    QCOMPARE(row->at(0).get<Decimal>(2), price);
    QCOMPARE(row->at(0).get<double>(3), ratio);
    QCOMPARE(row->at(0).get<QDateTime>(4).toString(Qt::ISODate).left(19),
             when.toString(Qt::ISODate).left(19));
}

// All that a row can be, expressions beside the placeholders, and what may stand behind the rows.
void tst_Bulk::rowsAndTails()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));

    const QList<QVariantList> variants = {{1, QStringLiteral("a")}, {2, QVariant()}};
    auto result = await(connection.executeMany(
        u"INSERT INTO bulk (number, text, made) VALUES (? * 10, CONCAT(?, ')', '?'), NOW())", variants));
    VERIFY_OK(result);
    QCOMPARE(result->chunks().size(), 1);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE text = 'a)?' AND number = 10"))),
             1);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE text IS NULL"))), 1);

    result = await(connection.executeMany(
        u"INSERT INTO bulk (number, text) VALUES (:n, :t) ON DUPLICATE KEY UPDATE text = VALUES(text)",
        QList<Parameters>{{named("n", 10), named("t", QStringLiteral("new"))},
                          {named("t", QStringLiteral("b")), named("n", 30)}}));
    VERIFY_OK(result);
    QCOMPARE(result->chunks().size(), 1);
    QCOMPARE(result->affectedRows(), 3u); // two for the row that was changed
    QCOMPARE(result->chunks().first().lastInsertId, 0u);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE text = 'new'"))), 1);

    // MariaDB inserts the rows of its bulk command one by one, with others' in between perhaps.
    result = await(connection.executeMany(u"INSERT INTO bulk (number) SELECT ? + 60", QList<int>{0, 1, 2}));
    VERIFY_OK(result);
    QCOMPARE(result->affectedRows(), 3u);
    const BulkChunk &last = result->chunks().last();
    QCOMPARE(last.lastInsertId, last.rowCount == 1 ? last.firstInsertId : 0u);

    result = await(connection.executeMany(u"REPLACE INTO bulk (number) VALUES (?)", QList<int>{40, 41, 42}));
    VERIFY_OK(result);
    QCOMPARE(result->affectedRows(), 3u);

    if (live.isMariaDb()) {
        result = await(connection.executeMany(u"INSERT INTO bulk (number) VALUES (?) RETURNING number",
                                              std::vector<int>{50, 51, 52}));
        VERIFY_OK(result);
        QCOMPARE(result->chunks().first().returned.size(), 3);
        QCOMPARE(result->chunks().first().returned.at(2).get<int>(0), 52);
    } else {
        result = await(connection.executeMany(
            u"INSERT INTO bulk (number) VALUES (?) AS fresh ON DUPLICATE KEY UPDATE ratio = fresh.number",
            std::vector<int>{40, 60}));
        VERIFY_OK(result);
        QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE ratio = 40"))), 1);
    }

    result = await(connection.executeMany(Insert, QList<Line>()));
    VERIFY_OK(result);
    QVERIFY(result->isComplete());
    QVERIFY(result->chunks().isEmpty());
}

// What cannot be one INSERT of many rows: COM_STMT_BULK_EXECUTE on MariaDB, one execute after the other
// elsewhere.
void tst_Bulk::otherStatements()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    QList<std::tuple<int, QString>> rows;
    for (int i = 0; i < 1000; ++i)
        rows.append({i, QString::number(i)});
    VERIFY_OK(await(connection.executeMany(u"INSERT INTO bulk (number, text) VALUES (?, ?)", rows)));

    QList<std::tuple<std::optional<QString>, int>> changes;
    for (int i = 0; i < 1000; ++i)
        changes.append({i % 10 == 0 ? std::optional<QString>() : QStringLiteral("new %1").arg(i), i});
    auto result = await(connection.executeMany(u"UPDATE bulk SET text = ? WHERE number = ?", changes));
    VERIFY_OK(result);
    QVERIFY2(result->isComplete(), qPrintable(result->error().toString()));
    QCOMPARE(result->affectedRows(), 1000u);
    QCOMPARE(result->chunks().size(), live.isMariaDb() ? 1 : 1000);
    QCOMPARE(
        number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE text = CONCAT('new ', number)"))),
        900);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk WHERE text IS NULL"))), 100);

    // Values of another type in the same place begin another command.
    const QList<Parameters> mixed
        = {{Parameter(1), Parameter(5)}, {Parameter(QStringLiteral("x")), Parameter(6)}};
    result = await(connection.executeMany(u"UPDATE bulk SET text = ? WHERE number = ?", mixed));
    VERIFY_OK(result);
    QCOMPARE(result->affectedRows(), 2u);
    QCOMPARE(result->chunks().size(), 2);

    result
        = await(connection.executeMany(u"SELECT number FROM bulk WHERE number = ?", QList<int>{1, 2, 3000}));
    VERIFY_OK(result);
    QCOMPARE(result->chunks().size(), 3);
    QCOMPARE(result->chunks().at(1).returned.at(0).get<int>(0), 2);
    QVERIFY(result->chunks().at(2).returned.isEmpty());
}

void tst_Bulk::failures()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    const QString insert = QStringLiteral("INSERT INTO bulk (number) VALUES (?)");
    const auto some = BulkOptions().setChunkRows(10);
    QList<int> rows;
    for (int i = 0; i < 100; ++i)
        rows.append(i == 35 ? 7 : i); // a duplicate in the fourth chunk
    const auto result = await(connection.executeMany(insert, rows, some));
    VERIFY_OK(result);
    QVERIFY(!result->isComplete());
    QCOMPARE(result->error().code(), 1062);
    const BulkChunk failed = result->chunks().at(3);
    QCOMPARE(failed.firstRow, 30);
    QCOMPARE(failed.rowCount, 10);
    QCOMPARE(failed.error.outcome(), Error::Outcome::NotExecuted);
    // The chunk behind it may have been on its way.
    QVERIFY(result->chunks().size() <= 5);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk"))), result->acceptedRows());

    // A row with a fault is found before its command is sent.
    VERIFY_OK(await(connection.query(u"DELETE FROM bulk")));
    const QList<Parameters> odd = {{Parameter(1)}, {Parameter(2), Parameter(3)}};
    const Error error = await(connection.executeMany(insert, odd)).error();
    QCOMPARE(error.kind(), Error::Kind::Usage);
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QVERIFY2(error.message().contains(u"Row 1"), qPrintable(error.message()));
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk"))), 0);

    QCOMPARE(await(connection.executeMany(u"INSERT INTO nowhere VALUES (?)", rows)).error().code(), 1146);
    QCOMPARE(await(connection.executeMany(u"UPDATE nowhere SET x = ?", rows)).error().code(), 1146);
    VERIFY_OK(await(connection.ping()));
}

void tst_Bulk::transaction()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    const QString insert = QStringLiteral("INSERT INTO bulk (number) VALUES (?)");
    const auto whole = BulkOptions().setChunkRows(10).setTransaction(true);
    QList<int> rows;
    for (int i = 0; i < 50; ++i)
        rows.append(i);
    VERIFY_OK(await(connection.executeMany(insert, rows, whole)));
    QVERIFY(!connection.isInTransaction());
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk"))), 50);
    QList<int> more = {100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 7};
    const Error error = await(connection.executeMany(insert, more, whole)).error();
    QCOMPARE(error.code(), 1062);
    QVERIFY(!connection.isInTransaction());
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk"))), 50);
}

// Commands never pass the server's max_allowed_packet.
void tst_Bulk::largePackets()
{
    MATRIX_SERVER(live);
    const auto own = ServerMatrix::startPrivate(live.id, {QStringLiteral("--max-allowed-packet=65536")});
    QVERIFY2(own->isRunning(), qPrintable(own->errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(own->url()))));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE bulk (text MEDIUMTEXT)")));
    const QString insert = QStringLiteral("INSERT INTO bulk VALUES (?)");
    const QStringList texts(20, QString(20'000, u'x'));
    auto result = await(connection.executeMany(insert, texts));
    VERIFY_OK(result);
    QCOMPARE(result->chunks().size(), 7); // three to a command
    QCOMPARE(number(await(connection.query(u"SELECT SUM(LENGTH(text)) FROM bulk"))), 400'000);
    const Error error = await(connection.executeMany(insert, QStringList(1, QString(70'000, u'x')))).error();
    QCOMPARE(error.kind(), Error::Kind::Limit);
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    VERIFY_OK(await(connection.ping()));
}

void tst_Bulk::cancelled()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    Reply<BulkResult> reply = connection.executeMany(
        u"INSERT INTO bulk (number) VALUES (?)",
        [i = 0]() mutable -> std::optional<int> { return i++; }, // for ever
        BulkOptions().setChunkRows(100));
    QTRY_VERIFY(reply.progressValue() > 1000);
    reply.cancel();
    const auto result = await(reply);
    VERIFY_OK(result);
    QCOMPARE(result->error().kind(), Error::Kind::Cancelled);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM bulk"))), result->acceptedRows());
}

void tst_Bulk::rowResults_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("disabled");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s", qPrintable(id)) << id << false;
        QTest::addRow("%s, without unit results", qPrintable(id)) << id << true;
    }
}

// Each row's own id and count, in one command where MariaDB can, else one by one.
void tst_Bulk::rowResults()
{
    MATRIX_SERVER(live);
    QFETCH(bool, disabled);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    if (disabled)
        options.setDisabledCapabilities({QStringLiteral("MARIADB_BULK_UNIT_RESULTS")});
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    VERIFY_OK(await(connection.query(
        u"CREATE TEMPORARY TABLE units (id INT AUTO_INCREMENT PRIMARY KEY, n INT UNIQUE, m INT)")));
    const auto asked = BulkOptions().setRowResults(true);
    const auto all = [](const BulkResult &result) {
        QList<BulkRowResult> rows;
        for (const BulkChunk &chunk : result.chunks())
            rows += chunk.rowResults;
        return rows;
    };
    QList<int> numbers;
    for (int i = 0; i < 100; ++i)
        numbers.append(i);
    const auto inserted = await(connection.executeMany(u"INSERT INTO units (n) VALUES (?)", numbers, asked));
    VERIFY_OK(inserted);
    QVERIFY(inserted->isComplete());
    QCOMPARE(inserted->affectedRows(), 100u);
    const bool oneCommand = live.isMariaDb() && live.version() >= QVersionNumber(11, 5, 1) && !disabled;
    QCOMPARE(inserted->chunks().size(), oneCommand ? 1 : 100);
    const QList<BulkRowResult> rows = all(*inserted);
    QCOMPARE(rows.size(), 100);
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(rows.at(i).affectedRows, 1u);
        const auto id = await(connection.execute(u"SELECT id FROM units WHERE n = ?", i));
        VERIFY_OK(id);
        QCOMPARE(rows.at(i).insertId, id->at(0).get<quint64>(0));
    }
    const auto updated = await(
        connection.executeMany(u"UPDATE units SET m = 1 WHERE n < ?", QList<int>{0, 1, 2, 2, 50}, asked));
    VERIFY_OK(updated);
    QList<quint64> counts;
    for (const BulkRowResult &row : all(*updated))
        counts.append(row.affectedRows);
    QCOMPARE(counts, (QList<quint64>{0, 1, 1, 0, 48}));
    // An error ends it as without.
    const auto failed = await(
        connection.executeMany(u"INSERT INTO units (n) VALUES (?)", QList<int>{1000, 5, 1001}, asked));
    const Error error = failed ? failed->error() : failed.error();
    QCOMPARE(error.code(), 1062);
}

// Where the server gives its rows no ids, an INSERT goes on by MariaDB's bulk command; nothing else changes.
void tst_Bulk::binaryRows()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(connection.query(
        u"CREATE TEMPORARY TABLE kinds (n BIGINT PRIMARY KEY, u BIGINT UNSIGNED, t VARCHAR(400), b BLOB, "
        u"p DECIMAL(20,4), r DOUBLE, f FLOAT, made DATETIME(6), day DATE, span TIME(6), yes BOOL)")));
    const QString insert = QStringLiteral("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const auto rowOf = [](int i) {
        if (i % 7 == 3)
            return Parameters{Parameter(i)} + Parameters(10, Parameter()); // all NULL
        return Parameters{
            i,
            quint64(-1) - quint64(i),
            QString(QStringLiteral("'%1\\ä").arg(i) + QString(i * 3 % 390, u'x')),
            QByteArray(i * 5, char(i)),
            *Decimal::fromString(QStringLiteral("-%1.0625").arg(i)),
            double(i) / 3,
            float(i) / 4,
            QDateTime(QDate(2026, 1, 1).startOfDay(Qt::UTC)).addMSecs(i % 2 == 0 ? i * 1000 : i * 1001),
            QDate(1999, 12, 31).addDays(i),
            SqlTime(std::chrono::microseconds(-3'600'000'000LL * i + i % 3)),
            i % 2 == 0};
    };
    QList<Parameters> rows;
    for (int i = 0; i < 300; ++i)
        rows.append(rowOf(i));
    const auto some = BulkOptions().setChunkRows(20);
    const auto result = await(connection.executeMany(insert, rows, some));
    VERIFY_OK(result);
    QVERIFY2(result->isComplete(), qPrintable(result->error().toString()));
    QCOMPARE(result->affectedRows(), 300u);
    QCOMPARE(result->chunks().size(), 15);
    QCOMPARE(connection.statementCacheStatistics().size, live.isMariaDb() ? 1 : 0);

    // The same values one by one are the same rows.
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE one LIKE kinds")));
    for (const Parameters &row : std::as_const(rows))
        VERIFY_OK(await(
            connection.query(u"INSERT INTO one VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", Parameters(row))));
    QCOMPARE(
        number(await(connection.query(
            u"SELECT COUNT(*) FROM kinds k JOIN one o ON k.n <=> o.n AND k.u <=> o.u AND k.t <=> o.t AND "
            u"k.b <=> o.b AND k.p <=> o.p AND k.r <=> o.r AND k.f <=> o.f AND k.made <=> o.made AND "
            u"k.day <=> o.day AND k.span <=> o.span AND k.yes <=> o.yes"))),
        300);

    // An error among the rows undoes their command, and no other.
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE few (n INT PRIMARY KEY, t TEXT)")));
    const QString insertFew = QStringLiteral("INSERT INTO few VALUES (?, ?)");
    QList<std::tuple<int, QString>> numbers;
    for (int i = 0; i < 100; ++i)
        numbers.append({i == 75 ? 7 : i, QString::number(i)});
    const auto failed = await(connection.executeMany(insertFew, numbers, BulkOptions().setChunkRows(10)));
    VERIFY_OK(failed);
    QCOMPARE(failed->error().code(), 1062);
    QVERIFY(failed->chunks().size() >= 8);
    const BulkChunk bad = failed->chunks().at(7);
    QCOMPARE(bad.firstRow, 70);
    QCOMPARE(bad.rowCount, 10);
    QCOMPARE(bad.error.outcome(), Error::Outcome::NotExecuted);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM few"))), failed->acceptedRows());

    // Rows that are not alike, and lists, go as text again.
    VERIFY_OK(await(connection.query(u"DELETE FROM few")));
    QList<Parameters> mixed;
    for (int i = 0; i < 100; ++i)
        mixed.append(i == 55       ? Parameters{i, 1.5}
                         : i == 75 ? Parameters{Parameter(InList(QList<int>{i, i}))}
                                   : Parameters{i, QString::number(i)});
    const auto changing = await(connection.executeMany(insertFew, mixed, BulkOptions().setChunkRows(10)));
    const Error listError = changing ? changing->error() : changing.error();
    QVERIFY2(listError.message().contains(u"Row 75"), qPrintable(listError.toString()));
    QVERIFY(changing && changing->acceptedRows() >= 70);
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM few"))), changing->acceptedRows());
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM few WHERE n = 55 AND t = '1.5'"))), 1);
    VERIFY_OK(await(connection.ping()));
}

// Where it would make a difference, all rows go as text.
void tst_Bulk::staysWithText()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live)); // with ids
    QList<int> rows;
    for (int i = 0; i < 100; ++i)
        rows.append(i);
    const auto some = BulkOptions().setChunkRows(10);
    VERIFY_OK(await(connection.executeMany(u"INSERT INTO bulk (number) VALUES (?)", rows, some)));
    QCOMPARE(connection.statementCacheStatistics().size, 0);

    // A server that is not strict puts '' in the place of a NULL, but refuses it of the bulk command.
    VERIFY_OK(await(connection.query(u"SET sql_mode = ''")));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE lax (t VARCHAR(9) NOT NULL)")));
    QList<std::optional<QString>> texts;
    for (int i = 0; i < 100; ++i)
        texts.append(i == 50 ? std::nullopt : std::optional(QStringLiteral("x")));
    const auto result = await(connection.executeMany(u"INSERT INTO lax VALUES (?)", texts, some));
    VERIFY_OK(result);
    QVERIFY2(result->isComplete(), qPrintable(result->error().toString()));
    QCOMPARE(number(await(connection.query(u"SELECT COUNT(*) FROM lax"))), 100);
    QCOMPARE(connection.statementCacheStatistics().size, 0);
}

QTEST_MAIN(tst_Bulk)

#include "tst_bulk.moc"
