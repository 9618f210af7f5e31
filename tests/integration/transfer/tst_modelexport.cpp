// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/models/scratchschema.h"

#include <QAsyncMySql/querymodel.h>
#include <QAsyncMySql/rowexporter.h>
#include <QAsyncMySql/tablemodel.h>

#include <QBuffer>

using namespace QAsyncMySql;

//! Models that have not all their rows yet give all of them to an export.
class tst_ModelExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queryModel_data() { ServerMatrix::addRows(); }
    void queryModel();
    void tableModel_data() { ServerMatrix::addRows(); }
    void tableModel();

private:
    static QByteArray expected(ScratchSchema &schema);
};

static constexpr int RowCount = 5000;

QByteArray tst_ModelExport::expected(ScratchSchema &schema)
{
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(10,3), n INT, b VARBINARY(4), "
                               "w DATETIME)"));
    QList<Parameters> rows;
    QByteArray text = "id,d,n,b,w\r\n";
    for (int i = 1; i <= RowCount; ++i) {
        rows.append(Parameters{i, i * 0.5, i % 2 ? Parameter(-i) : Parameter(), QByteArray(2, char(i)),
                               QDateTime(QDate(2024, 1, 1), QTime(0, 0), Qt::UTC).addSecs(i)});
        const QByteArray number = QByteArray::number(i);
        text += number + ',' + QByteArray::number(i * 0.5, 'f', 3) + ','
            + (i % 2 ? '-' + number : QByteArray()) + ",0x" + QByteArray(2, char(i)).toHex() + ','
            + QDateTime(QDate(2024, 1, 1), QTime(0, 0), Qt::UTC)
                  .addSecs(i)
                  .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                  .toLatin1()
            + "\r\n";
    }
    const auto inserted = await(schema.others.executeMany(u"INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows));
    if (!inserted || !inserted->isComplete())
        qFatal("the rows could not be inserted");
    return text;
}

void tst_ModelExport::queryModel()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    const QByteArray text = expected(schema);
    QueryModel model;
    model.setPool(&schema.pool);
    model.setQuery(QStringLiteral("SELECT * FROM t ORDER BY id"));
    model.setBatchSize(100);
    model.load();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    // With the header, which is known once the first rows are.
    QTRY_COMPARE(model.status(), QueryModel::Status::Waiting);
    const auto report = await(RowExporter().run(&model, &buffer), 60'000);
    VERIFY_OK(report);
    QCOMPARE(report->rows, RowCount);
    QCOMPARE(buffer.data(), text);
    // A query that fails is no short table.
    model.setQuery(QStringLiteral("SELECT nothing"));
    model.load();
    QBuffer none;
    none.open(QIODevice::WriteOnly);
    QVERIFY(!await(RowExporter().run(&model, &none), 60'000));
}

void tst_ModelExport::tableModel()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    const QByteArray text = expected(schema);
    TableModel model;
    model.setPool(&schema.pool);
    model.setTable(QStringLiteral("t"));
    model.setMemoryLimit(64 * 1024);
    model.select();
    QTRY_VERIFY(model.rowCount() > 0);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto report = await(RowExporter().run(&model, &buffer), 60'000);
    VERIFY_OK(report);
    QCOMPARE(report->rows, RowCount);
    QCOMPARE(buffer.data(), text);
}

QTEST_GUILESS_MAIN(tst_ModelExport)
#include "tst_modelexport.moc"
