// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "scratchschema.h"

#include <QAsyncMySql/schemamodel.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Kind = SchemaModel::Kind;

/*
    The tree of schemas, tables and what is in them: read as it is opened, and read again with the fewest
    changes.
*/
class tst_SchemaModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensStepByStep_data() { ServerMatrix::addRows(); }
    void opensStepByStep();
    void oneSchema_data() { ServerMatrix::addRows(); }
    void oneSchema();
    void systemSchemas_data() { ServerMatrix::addRows(); }
    void systemSchemas();
    void refreshes_data() { ServerMatrix::addRows(); }
    void refreshes();
    void errors_data() { ServerMatrix::addRows(); }
    void errors();
    void clearedAndDestroyedInBetween_data() { ServerMatrix::addRows(); }
    void clearedAndDestroyedInBetween();

private:
    static void fill(ScratchSchema &schema);
    static QStringList names(const SchemaModel &model, const QModelIndex &parent, int column = 0)
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(parent); ++row)
            list.append(model.index(row, column, parent).data().toString());
        return list;
    }
    static bool fetch(SchemaModel &model, const QModelIndex &parent)
    {
        const QPersistentModelIndex index(parent);
        if (!model.canFetchMore(parent))
            return false;
        model.fetchMore(parent);
        return QTest::qWaitFor([&] { return !model.isLoading(); }, 20'000) && !model.canFetchMore(index);
    }
};

void tst_SchemaModel::fill(ScratchSchema &schema)
{
    schema.must(
        QStringLiteral("CREATE TABLE customers (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name "
                       "VARCHAR(80) NOT NULL, born DATE NULL COMMENT 'if known', UNIQUE KEY by_name (name), "
                       "KEY by_birth (born, name(10))) COMMENT 'who buys'"));
    schema.must(
        QStringLiteral("CREATE TABLE orders (id INT PRIMARY KEY, customer INT UNSIGNED NOT NULL, other INT "
                       "UNSIGNED, CONSTRAINT buyer FOREIGN KEY (customer) REFERENCES customers (id))"));
    schema.must(QStringLiteral("CREATE VIEW names AS SELECT name FROM customers"));
}

void tst_SchemaModel::opensStepByStep()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    SchemaModel model;
    model.setPool(&schema.pool);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(schema.pool.size(), 0); // nothing before it is asked for
    QVERIFY(model.hasChildren());
    QVERIFY(fetch(model, {}));
    QVERIFY(names(model, {}).contains(schema.name()));
    QVERIFY(!names(model, {}).contains(QStringLiteral("mysql")));
    const QModelIndex here = model.find(schema.name());
    QVERIFY(here.isValid());
    QCOMPARE(here.data(SchemaModel::KindRole).toInt(), int(Kind::Schema));
    QVERIFY(model.index(here.row(), 1).data().toString().startsWith(u"utf8mb4_"));
    QCOMPARE(model.rowCount(here), 0);
    QVERIFY(model.hasChildren(here));

    QVERIFY(fetch(model, here));
    QCOMPARE(names(model, here),
             (QStringList{QStringLiteral("customers"), QStringLiteral("names"), QStringLiteral("orders")}));
    const QModelIndex customers = model.find(schema.name(), QStringLiteral("customers"));
    QCOMPARE(customers.data(SchemaModel::KindRole).toInt(), int(Kind::Table));
    QCOMPARE(customers.data(SchemaModel::CommentRole).toString(), QStringLiteral("who buys"));
    QCOMPARE(model.index(1, 0, here).data(SchemaModel::KindRole).toInt(), int(Kind::View));
    QCOMPARE(model.index(1, 1, here).data().toString(), QString());

    QVERIFY(fetch(model, customers));
    QCOMPARE(names(model, customers),
             (QStringList{QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("born"),
                          QStringLiteral("PRIMARY"), QStringLiteral("by_birth"), QStringLiteral("by_name")}));
    const QStringList descriptions = names(model, customers, 1);
    QVERIFY2(descriptions.at(0).startsWith(u"int")
                 && descriptions.at(0).endsWith(u"unsigned NOT NULL auto_increment"),
             qPrintable(descriptions.at(0)));
    QCOMPARE(descriptions.mid(1),
             (QStringList{QStringLiteral("varchar(80) NOT NULL"), QStringLiteral("date"),
                          QStringLiteral("PRIMARY KEY (id)"), QStringLiteral("(born, name(10))"),
                          QStringLiteral("UNIQUE (name)")}));
    const QModelIndex id = model.index(0, 0, customers);
    QVERIFY(id.data(SchemaModel::PrimaryRole).toBool());
    QVERIFY(!id.data(SchemaModel::NullableRole).toBool());
    QVERIFY(!model.hasChildren(id));
    QVERIFY(!model.canFetchMore(id));
    QCOMPARE(id.parent(), customers);
    QCOMPARE(id.parent().parent(), here);
    QCOMPARE(id.data(SchemaModel::SchemaRole).toString(), schema.name());
    QCOMPARE(id.data(SchemaModel::TableRole).toString(), QStringLiteral("customers"));
    const QModelIndex born = model.index(2, 0, customers);
    QVERIFY(born.data(SchemaModel::NullableRole).toBool());
    QCOMPARE(born.data(Qt::ToolTipRole).toString(), QStringLiteral("if known"));

    const QModelIndex orders = model.find(schema.name(), QStringLiteral("orders"));
    QVERIFY(fetch(model, orders));
    const QModelIndex buyer = model.index(model.rowCount(orders) - 1, 0, orders);
    QCOMPARE(buyer.data(SchemaModel::KindRole).toInt(), int(Kind::ForeignKey));
    QCOMPARE(buyer.data().toString(), QStringLiteral("buyer"));
    QCOMPARE(buyer.data(SchemaModel::DescriptionRole).toString(),
             QStringLiteral("(customer) → customers (id)"));
    QCOMPARE(buyer.data(SchemaModel::ReferencedTableRole).toString(), QString(schema.name() % u".customers"));
    QTRY_COMPARE(schema.pool.leasedCount(), 0);
}

void tst_SchemaModel::oneSchema()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    SchemaModel model;
    // The tester asks for all there is.
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSchema(schema.name());
    model.setContents(SchemaModel::Columns);
    model.setConnection(&schema.others);
    model.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount(model.find(schema.name(), QStringLiteral("orders"))) == 3
                                 && !model.isLoading(),
                             20'000);
    QCOMPARE(names(model, {}),
             (QStringList{QStringLiteral("customers"), QStringLiteral("names"), QStringLiteral("orders")}));
    QVERIFY(!model.find(QStringLiteral("mysql")).isValid());
    model.setContents(SchemaModel::NoContents);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, 20'000);
    QVERIFY(!model.hasChildren(model.index(0, 0)));
}

void tst_SchemaModel::systemSchemas()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    SchemaModel model;
    model.setPool(&schema.pool);
    QVERIFY(fetch(model, {}));
    const QPersistentModelIndex here(model.find(schema.name()));
    model.setSystemSchemas(true);
    QTRY_VERIFY_WITH_TIMEOUT(model.find(QStringLiteral("information_schema")).isValid(), 20'000);
    QVERIFY(model.find(QStringLiteral("mysql")).isValid());
    QVERIFY(here.isValid());
    QCOMPARE(here.data().toString(), schema.name());
    QVERIFY(fetch(model, model.find(QStringLiteral("information_schema"))));
    QVERIFY(model.rowCount(model.find(QStringLiteral("information_schema"))) > 20);
    model.setSystemSchemas(false);
    QTRY_VERIFY_WITH_TIMEOUT(!model.find(QStringLiteral("mysql")).isValid(), 20'000);
    QVERIFY(here.isValid());
}

void tst_SchemaModel::refreshes()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    SchemaModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSchema(schema.name());
    model.setPool(&schema.pool);
    model.refresh();
    const auto table = [&](const char *name) { return model.find(schema.name(), QString::fromLatin1(name)); };
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount(table("orders")) >= 6 && !model.isLoading(), 20'000);
    const QPersistentModelIndex orders(table("orders"));
    const QPersistentModelIndex born(model.index(2, 0, table("customers")));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

    // Nothing new: nothing told but that it was looked.
    model.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!model.isLoading(), 20'000);
    QCOMPARE(inserted.size() + removed.size() + reset.size(), 0);

    schema.must(QStringLiteral("CREATE TABLE middle (x INT)"));
    schema.must(QStringLiteral("DROP VIEW names"));
    schema.must(
        QStringLiteral("ALTER TABLE customers MODIFY born DATETIME NULL, ADD nick VARCHAR(20) AFTER id"));
    model.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(
        table("middle").isValid() && model.rowCount(table("middle")) == 1 && !model.isLoading(), 20'000);
    QCOMPARE(names(model, {}),
             (QStringList{QStringLiteral("customers"), QStringLiteral("middle"), QStringLiteral("orders")}));
    QCOMPARE(reset.size(), 0);
    QVERIFY(orders.isValid());
    QCOMPARE(orders.row(), 2);
    QVERIFY(born.isValid());
    QCOMPARE(born.row(), 3);
    QCOMPARE(born.data(SchemaModel::DescriptionRole).toString(), QStringLiteral("datetime"));
    QCOMPARE(model.index(1, 0, table("customers")).data().toString(), QStringLiteral("nick"));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 3); // a table, its column, and a column
}

void tst_SchemaModel::errors()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    SchemaModel placeless;
    QVERIFY(!placeless.canFetchMore({}));
    placeless.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(placeless.error().isError(), 10'000);
    QCOMPARE(placeless.error().kind(), Error::Kind::Usage);

    Connection connection;
    SchemaModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy occurred(&model, &SchemaModel::errorOccurred);
    model.setSchema(schema.name());
    model.setConnection(&connection); // which is not open
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(occurred.size(), 1, 10'000);
    QVERIFY(!model.errorString().isEmpty());
    QVERIFY(!model.isLoading());
    // And better the next time.
    schema.must(QStringLiteral("CREATE TABLE t (x INT)"));
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model.error().isError(), 10'000); // when all is read
}

void tst_SchemaModel::clearedAndDestroyedInBetween()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    for (int round = 0; round < 12; ++round) {
        auto model = std::make_unique<SchemaModel>();
        QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        model->setSchema(schema.name());
        model->setPool(&schema.pool);
        int left = round;
        connect(model.get(), &QAbstractItemModel::rowsInserted, this, [&] {
            if (left-- == 0 && round % 2 == 0)
                model->clear();
        });
        connect(model.get(), &SchemaModel::loaded, this, [&] {
            if (left <= 0 && round % 2 == 1)
                model->deleteLater();
        });
        const QPointer<SchemaModel> watched(model.get());
        model->refresh();
        if (round % 2 == 1) {
            QTRY_VERIFY_WITH_TIMEOUT(!watched || !watched->isLoading(), 20'000);
            if (!watched)
                static_cast<void>(model.release());
        } else {
            QTRY_VERIFY_WITH_TIMEOUT(!model->isLoading(), 20'000);
        }
    }
}

QTEST_GUILESS_MAIN(tst_SchemaModel)
#include "tst_schemamodel.moc"
