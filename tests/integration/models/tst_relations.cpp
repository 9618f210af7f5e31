// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "scratchschema.h"

#include <QAsyncMySql/lookupmodel.h>
#include <QAsyncMySql/relationdelegate.h>

#include <QSignalSpy>
#include <QtTest/QAbstractItemModelTester>
#include <QtWidgets/QTableView>

using namespace QAsyncMySql;

//! Foreign keys that are shown and edited as what they stand for.
class tst_Relations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTexts_data() { ServerMatrix::addRows(); }
    void showsTexts();
    void followsForeignKeys_data() { ServerMatrix::addRows(); }
    void followsForeignKeys();
    void findsAll_data() { ServerMatrix::addRows(); }
    void findsAll();
    void keysOfSeveralColumns_data() { ServerMatrix::addRows(); }
    void keysOfSeveralColumns();
    void looksUp_data() { ServerMatrix::addRows(); }
    void looksUp();
    void dropsWhatIsOvertaken_data() { ServerMatrix::addRows(); }
    void dropsWhatIsOvertaken();
    void isEditedByKeyboard_data() { ServerMatrix::addRows(); }
    void isEditedByKeyboard();

private:
    static void makeTables(ScratchSchema &schema);
    static QString text(const TableModel &model, int row, int column);
};

constexpr int Customers = 1000;
constexpr int CustomerColumn = 1;
constexpr int CodeColumn = 2;

// Orders of customers; every tenth has none.
void tst_Relations::makeTables(ScratchSchema &schema)
{
    schema.must(QStringLiteral("CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(50))"));
    schema.must(QStringLiteral("CREATE TABLE codes (code VARCHAR(5) PRIMARY KEY, meaning VARCHAR(20))"));
    schema.must(QStringLiteral("INSERT INTO codes VALUES ('A', 'alpha'), ('B', NULL)"));
    schema.must(QStringLiteral("CREATE TABLE orders (id INT PRIMARY KEY, customer INT, code VARCHAR(5), "
                               "FOREIGN KEY (customer) REFERENCES "
                               "customers (id))"));
    QList<Parameters> customers;
    QList<Parameters> orders;
    for (int i = 0; i < Customers; ++i) {
        customers.append(Parameters{i, QStringLiteral("customer %1").arg(i, 4, 10, QLatin1Char('0'))});
        orders.append(Parameters{i, i % 10 == 9 ? Parameter() : Parameter(i),
                                 i % 3 == 0       ? QStringLiteral("a")
                                     : i % 3 == 1 ? QStringLiteral("B")
                                                  : QStringLiteral("C")});
    }
    QVERIFY(await(schema.others.executeMany(u"INSERT INTO customers VALUES (?, ?)", customers)));
    QVERIFY(await(schema.others.executeMany(u"INSERT INTO orders VALUES (?, ?, ?)", orders)));
}

QString tst_Relations::text(const TableModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

void tst_Relations::showsTexts()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    TableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&schema.pool);
    model.setTable(QStringLiteral("orders"));
    const TableRelation customers(QStringLiteral("customers"), QStringLiteral("id"), QStringLiteral("name"));
    model.setRelation(QStringLiteral("customer"), customers);
    model.setRelation(
        QStringLiteral("CODE"),
        TableRelation(QStringLiteral("codes"), QStringLiteral("code"), QStringLiteral("meaning")));
    QCOMPARE(model.relation(QStringLiteral("Customer")), customers);
    model.select();
    QTRY_VERIFY(model.isCountExact());

    QTRY_COMPARE(text(model, 0, CustomerColumn), QStringLiteral("customer 0000"));
    QCOMPARE(model.index(0, CustomerColumn).data(Qt::EditRole).toInt(), 0);
    QTRY_COMPARE(text(model, 9, CustomerColumn), QString()); // NULL
    // Jumping about.
    for (const int row : {998, 500, 3, 777}) {
        QTRY_COMPARE(text(model, row, CustomerColumn),
                     QStringLiteral("customer %1").arg(row, 4, 10, QLatin1Char('0')));
    }
    // By the collation; the text may be NULL; and where there is no such row the key stays.
    QTRY_COMPARE(text(model, 0, CodeColumn), QStringLiteral("alpha"));
    QTRY_COMPARE(text(model, 1, CodeColumn), QString());
    QCOMPARE(text(model, 2, CodeColumn), QStringLiteral("C"));

    // Another text, once the model is told to look.
    schema.must(QStringLiteral("UPDATE customers SET name = 'renamed' WHERE id = 3"));
    model.refresh();
    QTRY_COMPARE(text(model, 3, CustomerColumn), QStringLiteral("renamed"));
    // An edited key shows its text.
    QVERIFY(model.setData(model.index(4, CustomerColumn), 3));
    QTRY_COMPARE(text(model, 4, CustomerColumn), QStringLiteral("renamed"));
    QTRY_VERIFY(!model.isDirty());
    QCOMPARE(schema.must(QStringLiteral("SELECT customer FROM orders WHERE id = 4")).scalar<int>().valueOr(0),
             3);
    // Without it, the key is shown.
    model.setRelation(QStringLiteral("customer"), TableRelation());
    QTRY_COMPARE(text(model, 4, CustomerColumn), QStringLiteral("3"));
}

void tst_Relations::followsForeignKeys()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    TableModel model;
    model.setPool(&schema.pool);
    model.setTable(QStringLiteral("orders"));
    model.setRelation(QStringLiteral("customer"), TableRelation(QStringLiteral("name")));
    model.select();
    QTRY_COMPARE(text(model, 7, CustomerColumn), QStringLiteral("customer 0007"));
    QCOMPARE(model.relation(QStringLiteral("customer")).table, QStringLiteral("customers"));
    QCOMPARE(model.relation(QStringLiteral("customer")).keyColumn, QStringLiteral("id"));
    // A column without one: said so, and the key stays.
    QSignalSpy errors(&model, &TableModel::errorOccurred);
    model.setRelation(QStringLiteral("code"), TableRelation(QStringLiteral("meaning")));
    QTRY_VERIFY(text(model, 1, CodeColumn) == QStringLiteral("B") && !errors.isEmpty());
    QVERIFY(errors.first().first().value<Error>().message().contains(QStringLiteral("foreign key")));
    QCOMPARE(model.createLookup(0, nullptr), nullptr);
    const std::unique_ptr<LookupModel> lookup(model.createLookup(CustomerColumn, nullptr));
    QVERIFY(lookup);
    QTRY_VERIFY(lookup->rowCount() > 0);
    QCOMPARE(lookup->relation().table, QStringLiteral("customers"));
}

// All foreign keys of a table at once: of one column and of two, into another schema, and where there is no
// text.
void tst_Relations::findsAll()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    ScratchSchema other(live);
    other.must(QStringLiteral("CREATE TABLE colours (id INT PRIMARY KEY, shade VARCHAR(20), code CHAR(3))"));
    other.must(QStringLiteral("INSERT INTO colours VALUES (1, 'pale', 'abc')"));
    schema.must(QStringLiteral(
        "CREATE TABLE people (code CHAR(2) PRIMARY KEY, short VARCHAR(9), Title VARCHAR(30))"));
    schema.must(QStringLiteral("INSERT INTO people VALUES ('aa', 'A.', 'Dr Anna')"));
    schema.must(QStringLiteral("CREATE TABLE sizes (id INT PRIMARY KEY, length INT)"));
    schema.must(QStringLiteral("CREATE TABLE codes (code CHAR(2) PRIMARY KEY)"));
    schema.must(QStringLiteral("CREATE TABLE books (year SMALLINT, number INT, owner CHAR(2), name "
                               "VARCHAR(20), PRIMARY KEY (year, number))"));
    schema.must(QStringLiteral("INSERT INTO books VALUES (2024, 7, 'aa', 'seven')"));
    schema.must(
        QStringLiteral(
            "CREATE TABLE loans (id INT PRIMARY KEY, who CHAR(2), size INT, code CHAR(2), colour INT, "
            "year SMALLINT, number INT, mine INT, "
            "FOREIGN KEY (year, number) REFERENCES books (year, number), FOREIGN KEY (who) REFERENCES people "
            "(code), "
            "FOREIGN KEY (size) REFERENCES sizes (id), FOREIGN KEY (code) REFERENCES codes (code), "
            "FOREIGN KEY (colour) REFERENCES %1.colours (id), FOREIGN KEY (mine) REFERENCES sizes (id))")
            .arg(other.name()));
    schema.must(QStringLiteral("INSERT INTO loans VALUES (1, 'aa', NULL, NULL, 1, 2024, 7, NULL)"));
    TableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTable(QStringLiteral("loans"));
    QSignalSpy errors(&model, &TableModel::errorOccurred);
    model.findRelations();
    QCOMPARE(errors.size(), 1); // there is no pool
    model.setPool(&schema.pool);
    // One's own stays.
    const TableRelation mine(QStringLiteral("sizes"), QStringLiteral("id"), QStringLiteral("length"));
    model.setRelation(QStringLiteral("mine"), mine);
    QSignalSpy found(&model, &TableModel::relationsFound);
    model.findRelations();
    model.select();
    QTRY_COMPARE(found.size(), 1);
    QStringList columns = found.first().first().toStringList();
    columns.sort();
    QCOMPARE(columns,
             QStringList({QStringLiteral("colour"), QStringLiteral("number"), QStringLiteral("who")}));
    QCOMPARE(model.relation(QStringLiteral("who")),
             TableRelation(QStringLiteral("people"), QStringLiteral("code"), QStringLiteral("Title"),
                           schema.name()));
    QCOMPARE(model.relation(QStringLiteral("colour")),
             TableRelation(QStringLiteral("colours"), QStringLiteral("id"), QStringLiteral("shade"),
                           other.name()));
    QCOMPARE(model.relation(QStringLiteral("number")),
             TableRelation(QStringLiteral("books"), QStringLiteral("number"), QStringLiteral("name"),
                           schema.name())
                 .with(QStringLiteral("year"), QStringLiteral("year")));
    QCOMPARE(model.relation(QStringLiteral("mine")), mine);
    QTRY_COMPARE(text(model, 0, 1), QStringLiteral("Dr Anna"));
    QTRY_COMPARE(text(model, 0, 4), QStringLiteral("pale"));
    QTRY_COMPARE(text(model, 0, 6), QStringLiteral("seven"));
    QCOMPARE(errors.size(), 1);
    // Again, and of a table without any: nothing.
    model.findRelations();
    QTRY_COMPARE(found.size(), 2);
    QVERIFY(found.last().first().toStringList().isEmpty());
    schema.must(QStringLiteral("DROP TABLE loans")); // its key is in the way of the other schema's end
}

// A key of two columns: shown in one of them, and all of it written in one step.
void tst_Relations::keysOfSeveralColumns()
{
    MATRIX_SERVER(live);
    constexpr int Number = 1;
    constexpr int Year = 2;
    // By what is said, and by the foreign key.
    for (const bool said : {true, false}) {
        ScratchSchema schema(live);
        schema.must(
            QStringLiteral("CREATE TABLE orders (year SMALLINT, number INT, title VARCHAR(20), PRIMARY KEY "
                           "(year, number))"));
        schema.must(
            QStringLiteral("INSERT INTO orders VALUES (2023, 1, 'apples'), (2023, 2, 'pears'), (2024, 1, "
                           "'plums'), (2024, 2, NULL), (202, 31, 'none of these')"));
        schema.must(QStringLiteral(
            "CREATE TABLE items (id INT PRIMARY KEY, order_number INT, order_year SMALLINT, changed INT NOT "
            "NULL "
            "DEFAULT 0, FOREIGN KEY (order_year, order_number) REFERENCES orders (year, number))"));
        schema.must(
            QStringLiteral("CREATE TRIGGER i_up BEFORE UPDATE ON items FOR EACH ROW SET NEW.changed = "
                           "OLD.changed + 1"));
        schema.must(
            QStringLiteral("INSERT INTO items (id, order_number, order_year) VALUES (1, 1, 2023), (2, 1, "
                           "2024), (3, 2, 2023), (4, NULL, 2023), (5, 2, 2024), (6, 1, 2023)"));
        const auto onServer = [&schema](int id) {
            return schema
                .must(QStringLiteral(
                          "SELECT CONCAT_WS('/', order_year, order_number, changed) FROM items WHERE id = %1")
                          .arg(id))
                .scalar<QString>()
                .valueOr(QString());
        };
        TableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setPool(&schema.pool);
        model.setTable(QStringLiteral("items"));
        const QString number = QStringLiteral("order_number");
        const TableRelation relation
            = TableRelation(QStringLiteral("orders"), QStringLiteral("number"), QStringLiteral("title"))
                  .with(QStringLiteral("order_year"), QStringLiteral("year"));
        model.setRelation(number, said ? relation : TableRelation(QStringLiteral("title")));
        QSignalSpy errors(&model, &TableModel::errorOccurred);
        model.select();
        QTRY_COMPARE(text(model, 0, Number), QStringLiteral("apples"));
        QTRY_COMPARE(text(model, 1, Number), QStringLiteral("plums"));
        QTRY_COMPARE(text(model, 2, Number), QStringLiteral("pears"));
        QCOMPARE(text(model, 3, Number), QString());
        QTRY_COMPARE(text(model, 4, Number), QString()); // whose title is NULL
        QTRY_COMPARE(text(model, 5, Number), QStringLiteral("apples"));
        QCOMPARE(text(model, 0, Year), QStringLiteral("2023"));
        QCOMPARE(model.relation(number).furtherColumns, relation.furtherColumns);
        QCOMPARE(model.relation(number).furtherKeyColumns, relation.furtherKeyColumns);
        // Looked for, and written: both columns by one statement, and taken back in one step.
        const std::unique_ptr<LookupModel> lookup(model.createLookup(Number, nullptr));
        QVERIFY(lookup);
        lookup->setDelay(0);
        lookup->setSearchText(QStringLiteral("pear"));
        QTRY_COMPARE(lookup->rowCount(), 1);
        QCOMPARE(lookup->keys(0), QVariantList({2, 2023}));
        QCOMPARE(lookup->index(0).data(LookupModel::KeysRole).toList(), lookup->keys(0));
        QVERIFY(model.setKeys(model.index(1, Number), lookup->keys(0)));
        QTRY_VERIFY(!model.isDirty());
        QCOMPARE(onServer(2), QStringLiteral("2023/2/1"));
        QTRY_COMPARE(text(model, 1, Number), QStringLiteral("pears"));
        model.undo();
        QTRY_VERIFY(!model.isDirty());
        QCOMPARE(onServer(2), QStringLiteral("2024/1/2"));
        QTRY_COMPARE(text(model, 1, Number), QStringLiteral("plums"));
        QVERIFY(!model.canUndo());
        model.redo();
        QTRY_VERIFY(!model.isDirty());
        QCOMPARE(onServer(2), QStringLiteral("2023/2/3"));
        // None: the column itself is NULL, which is enough.
        QVERIFY(model.setKeys(model.index(1, Number), {QVariant()}));
        QTRY_VERIFY(!model.isDirty());
        QCOMPARE(onServer(2), QStringLiteral("2023/4"));
        QVERIFY(!model.setKeys(model.index(1, Number), {1})); // a part of a key
        QVERIFY(model.setKeys(model.index(1, Number), {QVariant(1), QVariant(2024)}));
        QTRY_VERIFY(!model.isDirty());
        QTRY_COMPARE(text(model, 1, Number), QStringLiteral("plums"));
        QVERIFY(errors.isEmpty());
        // With a delegate, by the keyboard.
        QTableView view;
        view.setModel(&model);
        view.setItemDelegate(new RelationDelegate(&view));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.setCurrentIndex(model.index(5, Number));
        view.edit(view.currentIndex());
        auto *const editor = view.viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->setFocus();
        QTest::keyClicks(editor, QStringLiteral("plum"));
        QTRY_VERIFY(editor->completer()->popup()->isVisible());
        QTest::keyClick(editor->completer()->popup(), Qt::Key_Down);
        QTest::keyClick(editor->completer()->popup(), Qt::Key_Return);
        QTRY_COMPARE(onServer(6).section(QLatin1Char('/'), 0, 1), QStringLiteral("2024/1"));
        QTRY_COMPARE(text(model, 5, Number), QStringLiteral("plums"));
    }
}

void tst_Relations::looksUp()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    LookupModel lookup;
    QAbstractItemModelTester tester(&lookup, QAbstractItemModelTester::FailureReportingMode::Fatal);
    lookup.setPool(&schema.pool);
    lookup.setDelay(1);
    lookup.setLimit(20);
    lookup.setRelation(TableRelation(QStringLiteral("customers"), QStringLiteral("id"),
                                     QStringLiteral("name"), schema.name()));
    QVERIFY(lookup.isLoading());
    QTRY_COMPARE(lookup.rowCount(), 20);
    QVERIFY(!lookup.isComplete() && !lookup.isLoading());
    QCOMPARE(lookup.index(0).data().toString(), QStringLiteral("customer 0000"));
    lookup.setSearchText(QStringLiteral("99"));
    QTRY_COMPARE(lookup.rowCount(), 19);
    QVERIFY(lookup.isComplete());
    QCOMPARE(lookup.key(0), QVariant(99));
    QCOMPARE(lookup.index(1).data(LookupModel::KeyRole), QVariant(199));
    QCOMPARE(lookup.rowOf(QStringLiteral("customer 0299")), 2);
    QCOMPARE(lookup.rowOf(QStringLiteral("customer 0")), -1);
    // What is special in patterns is text.
    lookup.setSearchText(QStringLiteral("%"));
    QTRY_COMPARE(lookup.rowCount(), 0);
    lookup.setPrefixSearch(true);
    lookup.setSearchText(QStringLiteral("CUSTOMER 00"));
    QTRY_COMPARE(lookup.rowCount(), 20);
    lookup.setFilter(RowFilter(u"id", RowFilter::Less, 5));
    QTRY_COMPARE(lookup.rowCount(), 5);
    // An error leaves the rows, and goes with the next answer.
    lookup.setDisplayColumn(QStringLiteral("nothing"));
    QTRY_COMPARE(lookup.error().code(), 1054);
    QCOMPARE(lookup.rowCount(), 5);
    lookup.setDisplayColumn(QStringLiteral("name"));
    QTRY_VERIFY(!lookup.error());
}

void tst_Relations::dropsWhatIsOvertaken()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    // Looking for "slow" waits for half a minute.
    schema.must(QStringLiteral(
        "CREATE VIEW slow AS SELECT id, IF(id = 500, CONCAT(name, SLEEP(30)), name) AS name FROM customers"));
    LookupModel lookup;
    QSignalSpy loaded(&lookup, &LookupModel::loaded);
    lookup.setPool(&schema.pool);
    lookup.setDelay(0);
    lookup.setRelation(TableRelation(QStringLiteral("slow"), QStringLiteral("id"), QStringLiteral("name")));
    QTest::qWait(300); // so that its statement is on its way; nothing hangs on it
    QVERIFY(loaded.isEmpty());
    lookup.setFilter(RowFilter(u"id", RowFilter::Less, 10));
    for (const char16_t *typed : {u"c", u"cu", u"cus", u"customer 0007"})
        lookup.setSearchText(QString::fromUtf16(typed));
    QTRY_COMPARE_WITH_TIMEOUT(lookup.rowCount(), 1, 20'000);
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(lookup.key(0), QVariant(7));
    // Nothing comes after its end.
    auto doomed = std::make_unique<LookupModel>();
    doomed->setPool(&schema.pool);
    doomed->setRelation(lookup.relation());
    QTest::qWait(50);
    doomed.reset();
}

void tst_Relations::isEditedByKeyboard()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    TableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&schema.pool);
    model.setTable(QStringLiteral("orders"));
    model.setRelation(QStringLiteral("customer"), TableRelation(QStringLiteral("name")));
    QTableView view;
    view.setModel(&model);
    view.setItemDelegate(new RelationDelegate(&view));
    view.resize(500, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    model.select();
    QTRY_COMPARE(text(model, 2, CustomerColumn), QStringLiteral("customer 0002"));
    const auto customerOf = [&](int order) {
        return schema
            .must(QStringLiteral("SELECT COALESCE(customer, -1) FROM orders WHERE id = %1").arg(order))
            .scalar<int>()
            .valueOr(-2);
    };
    const auto openEditor = [&](int row) {
        view.setCurrentIndex(model.index(row, CustomerColumn));
        view.edit(view.currentIndex());
        auto *const editor = view.viewport()->findChild<QLineEdit *>();
        if (editor)
            editor->setFocus();
        return editor;
    };

    // Type, wait for the list, down, Return.
    QLineEdit *editor = openEditor(2);
    QVERIFY(editor);
    QCOMPARE(editor->text(), QStringLiteral("customer 0002"));
    QTest::keyClicks(editor, QStringLiteral("77"));
    QTRY_VERIFY(editor->completer()->popup()->isVisible());
    QTRY_COMPARE(editor->completer()->model()->rowCount(), 19);
    const QString folder = qEnvironmentVariable("QASYNCMYSQL_SCREENSHOTS");
    if (!folder.isEmpty()) {
        view.grab().save(folder + QStringLiteral("/relation-view.png"));
        editor->completer()->popup()->grab().save(folder + QStringLiteral("/relation-popup.png"));
    }
    QTest::keyClick(editor->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(editor->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(editor->completer()->popup(), Qt::Key_Return);
    QTRY_COMPARE(text(model, 2, CustomerColumn), QStringLiteral("customer 0177"));
    QTRY_COMPARE(customerOf(2), 177);

    // The whole text, without the list.
    editor = openEditor(3);
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("customer 0500"));
    QTRY_COMPARE(editor->completer()->model()->rowCount(), 1);
    editor->completer()->popup()->hide();
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(customerOf(3), 500);

    // Text that is nobody's changes nothing, and none is NULL.
    editor = openEditor(4);
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("nobody"));
    QTRY_COMPARE(editor->completer()->model()->rowCount(), 0);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(!model.isDirty());
    QCOMPARE(customerOf(4), 4);
    editor = openEditor(4);
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_Delete);
    QCOMPARE(editor->text(), QString());
    editor->completer()->popup()->hide();
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(customerOf(4), -1);
    QTRY_COMPARE(text(model, 4, CustomerColumn), QString());

    // Other columns have their usual editors.
    view.setCurrentIndex(model.index(5, CodeColumn));
    view.edit(view.currentIndex());
    auto *const plain = view.viewport()->findChild<QLineEdit *>();
    QVERIFY(plain);
    QVERIFY(!plain->completer());
}

QTEST_MAIN(tst_Relations)
#include "tst_relations.moc"
