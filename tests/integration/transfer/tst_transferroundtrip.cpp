// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/models/scratchschema.h"
#include "integration/types/typecases.h"

#include <QAsyncMySql/rowexporter.h>
#include <QAsyncMySql/rowimporter.h>

#include <QBuffer>
#include <QRandomGenerator>

#include <bit>
#include <cmath>

using namespace QAsyncMySql;
using namespace Types;

using Type = TransferFormat::Type;

//! What is exported from a table and imported into another is the same, by the word of the server.
class tst_TransferRoundTrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allTypes_data();
    void allTypes();
    void floats_data() { ServerMatrix::addRows(); }
    void floats();
};

void tst_TransferRoundTrip::allTypes_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<StatementProtocol>("protocol");
    const QList<std::pair<const char *, TransferFormat>> formats = {
        {"csv", Type::Csv},
        {"csv without header",
         TransferFormat(Type::Csv).setHeader(false).setSeparator(';').setNullText("\\N")},
        {"tsv", Type::Tsv},
        {"json lines", Type::JsonLines},
    };
    for (const QString &id : ServerMatrix::ids()) {
        for (const auto &[name, format] : formats) {
            QTest::addRow("%s, %s, prepared", qPrintable(id), name)
                << id << format << StatementProtocol::Prepared;
            QTest::addRow("%s, %s, text", qPrintable(id), name) << id << format << StatementProtocol::Text;
        }
    }
}

// How both tables' values are compared.
static QString proofOf(const TypeCase &type, const QString &column)
{
    switch (type.proof) {
    case Proof::Text:
        return QStringLiteral("HEX(CAST(%1 AS CHAR))").arg(column);
    case Proof::Hex:
        return QStringLiteral("HEX(%1)").arg(column);
    case Proof::Number:
        return QStringLiteral("%1 + 0").arg(column);
    case Proof::Double:
        break;
    }
    return column;
}

void tst_TransferRoundTrip::allTypes()
{
    MATRIX_SERVER(live);
    QFETCH(const TransferFormat, format);
    QFETCH(const StatementProtocol, protocol);
    ScratchSchema schema(live);
    // Dates of 0, and the empty member of an ENUM, as the types' edges have them.
    schema.must(QStringLiteral("SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'"));

    QList<TypeCase> types;
    qsizetype rows = 0;
    QStringList definitions = {QStringLiteral("id INT PRIMARY KEY")};
    QStringList proofs;
    for (const TypeCase &type : typeCases()) {
        if (!applies(type, live.id, live.isMySql()))
            continue;
        const QString column = QStringLiteral("c%1").arg(types.size());
        definitions.append(
            column + QLatin1Char(' ') + QString::fromUtf8(type.definition)
            + (QByteArray(type.definition).endsWith(" NULL") ? QLatin1String() : QLatin1String(" NULL")));
        types.append(type);
        rows = qMax(rows, type.literals.size());
        proofs.append(QStringLiteral("(%1 <=> %2)")
                          .arg(proofOf(type, QLatin1String("a.") + column),
                               proofOf(type, QLatin1String("b.") + column)));
    }
    schema.must(QStringLiteral("CREATE TABLE a (%1)").arg(definitions.join(QLatin1String(", "))));
    schema.must(QStringLiteral("CREATE TABLE b LIKE a"));
    for (qsizetype row = 0; row < rows; ++row) {
        QStringList values;
        for (const TypeCase &type : std::as_const(types))
            values.append(QString::fromUtf8(type.literals.at(row % type.literals.size())));
        schema.must(QStringLiteral("INSERT INTO a VALUES (%1, %2)")
                        .arg(QString::number(row), values.join(QLatin1String(", "))));
    }
    schema.must(QStringLiteral("INSERT INTO a (id) VALUES (1000)"));

    QBuffer file;
    file.open(QIODevice::ReadWrite);
    const auto exported = await(RowExporter(format).run(
        schema.others.openCursor(protocol, u"SELECT * FROM a ORDER BY id", {}), &file));
    VERIFY_OK(exported);
    QCOMPARE(exported->rows, rows + 1);
    QCOMPARE(exported->bytes, file.size());
    file.seek(0);
    RowImporter importer(QStringLiteral("b"), format);
    const auto imported = await(importer.run(schema.others, &file));
    VERIFY_OK(imported);
    QVERIFY2(imported->isComplete(), qPrintable(imported->error.toString()));
    QCOMPARE(imported->importedRows, rows + 1);
    QCOMPARE(imported->warningCount, 0);

    QCOMPARE(schema.must(QStringLiteral("SELECT COUNT(*) FROM a JOIN b USING (id)")).scalar<int>().valueOr(0),
             int(rows) + 1);
    for (qsizetype i = 0; i < types.size(); ++i) {
        // In the text protocol servers print a FLOAT with six digits.
        if (QByteArray(types.at(i).definition) == "FLOAT" && protocol == StatementProtocol::Text)
            continue;
        const QString column = QStringLiteral("c%1").arg(i);
        const ResultSet different
            = schema.must(QStringLiteral("SELECT %1, %2 FROM a JOIN b USING (id) WHERE NOT %3")
                              .arg(proofOf(types.at(i), QLatin1String("a.") + column),
                                   proofOf(types.at(i), QLatin1String("b.") + column), proofs.at(i)));
        QVERIFY2(different.isEmpty(),
                 qPrintable(QStringLiteral("%1: %2, and not %3")
                                .arg(QString::fromUtf8(types.at(i).definition),
                                     different.isEmpty() ? QString() : different.at(0).get<QString>(1),
                                     different.isEmpty() ? QString() : different.at(0).get<QString>(0))));
    }
}

// Numbers at random, bit for bit.
void tst_TransferRoundTrip::floats()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE a (id INT PRIMARY KEY, f FLOAT, d DOUBLE)"));
    schema.must(QStringLiteral("CREATE TABLE b LIKE a"));
    QRandomGenerator random(815);
    QList<Parameters> rows;
    while (rows.size() < 3000) {
        const float single = std::bit_cast<float>(quint32(random.generate()));
        const double number = std::bit_cast<double>(quint64(random.generate64()));
        // No server keeps denormal numbers and infinities.
        if (std::isnormal(single) && std::isnormal(number))
            rows.append(Parameters{int(rows.size()), single, number});
    }
    BulkOptions options;
    options.setRowResults(true); // single executions, whose values are binary
    VERIFY_OK(await(schema.others.executeMany(u"INSERT INTO a VALUES (?, ?, ?)", rows, options)));
    for (const Type type : {Type::Csv, Type::Tsv, Type::JsonLines}) {
        QBuffer file;
        file.open(QIODevice::ReadWrite);
        VERIFY_OK(await(RowExporter(type).run(schema.others.streamPrepared(u"SELECT * FROM a"), &file)));
        file.seek(0);
        schema.must(QStringLiteral("DELETE FROM b"));
        const auto imported = await(RowImporter(QStringLiteral("b"), type).run(schema.others, &file));
        VERIFY_OK(imported);
        QVERIFY2(imported->isComplete(), qPrintable(imported->error.toString()));
        const auto before = await(schema.others.execute(u"SELECT * FROM a ORDER BY id"));
        const auto after = await(schema.others.execute(u"SELECT * FROM b ORDER BY id"));
        QCOMPARE(after->size(), before->size());
        for (qsizetype i = 0; i < before->size(); ++i) {
            QCOMPARE(after->at(i).raw(1), before->at(i).raw(1));
            QCOMPARE(after->at(i).raw(2), before->at(i).raw(2));
        }
    }
}

QTEST_GUILESS_MAIN(tst_TransferRoundTrip)
#include "tst_transferroundtrip.moc"
