// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "look/messagebanner.h"
#include "openwindow.h"
#include "schema/schematree.h"
#include "table/conflictdialog.h"
#include "table/filterheader.h"
#include "table/tabletab.h"

#include <QAsyncMySql/rowwindowmodel.h>

#include <QtWidgets/QCompleter>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTableWidget>

using namespace QAsyncMySql;
using CellState = TableModel::CellState;

//! A table in the window of the browser, by keyboard and mouse.
class tst_TableTab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensFromTheTree_data() { ServerMatrix::addRows(); }
    void opensFromTheTree();
    void sortByHeader_data() { ServerMatrix::addRows(); }
    void sortByHeader();
    void filter_data() { ServerMatrix::addRows(); }
    void filter();
    void edit_data() { ServerMatrix::addRows(); }
    void edit();
    void insertAndDelete_data() { ServerMatrix::addRows(); }
    void insertAndDelete();
    void conflict_data();
    void conflict();
    void relation_data() { ServerMatrix::addRows(); }
    void relation();
    void goToRow_data() { ServerMatrix::addRows(); }
    void goToRow();
    void farRows_data() { ServerMatrix::addRows(); }
    void farRows();
    void closingAsks_data() { ServerMatrix::addRows(); }
    void closingAsks();

private:
    // Fruit in a window; the tab is that of its table.
    class Fruit : public OpenWindow
    {
    public:
        explicit Fruit(const MatrixServer &server)
            : OpenWindow(server)
        {
            schema.must(
                QStringLiteral("CREATE TABLE fruit (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT "
                               "NULL, price DECIMAL(6,2) NULL, kind ENUM('sweet','sour') NOT NULL DEFAULT "
                               "'sweet', INDEX (name))"));
            schema.must(
                QStringLiteral("INSERT INTO fruit (name, price) VALUES ('pear', 1.50), ('apple', 0.75), "
                               "('quince', NULL), ('pineapple', 3.20)"));
            open();
            tab = window->openTable(schema.name(), QStringLiteral("fruit"));
        }
        bool isReady() const
        {
            return QTest::qWaitFor(
                [this] { return tab->model()->isLoaded(0) && tab->model()->rowCount() == 4; }, 20'000);
        }
        QString text(int row, int column) const { return tab->model()->index(row, column).data().toString(); }
        CellState state(int row, int column) const
        {
            return CellState(tab->model()->index(row, column).data(TableModel::CellStateRole).toInt());
        }
        // Replaces a cell, with the editor that a key opens.
        void editCell(int row, int column, const QString &value)
        {
            clickCell(tab->grid(), row, column);
            press(Qt::Key_F2);
            write(value);
            press(Qt::Key_Return);
            // A delegate takes the text when its editor has seen the key.
            QTRY_VERIFY(tab->grid()->hasFocus());
        }

        TableTab *tab;
    };
};

enum Columns
{
    Id,
    Name,
    Price,
    Kind
};

void tst_TableTab::opensFromTheTree()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20))"));
    w.schema.must(QStringLiteral("INSERT INTO fruit VALUES (1, 'pear')"));
    w.open();
    SchemaTree *tree = w.window->schemas();
    QTRY_VERIFY(tree->schemas()->find(w.schema.name(), QStringLiteral("fruit")).isValid());
    OpenWindow::press(Qt::Key_1, Qt::AltModifier);
    QVERIFY(tree->hasFocus());
    QCOMPARE(tree->currentIndex().data().toString(), w.schema.name());
    OpenWindow::press(Qt::Key_Down);
    OpenWindow::press(Qt::Key_Return);
    auto *tab = qobject_cast<TableTab *>(w.window->currentTab());
    QVERIFY(tab);
    QVERIFY(tab->grid()->hasFocus());
    QTRY_COMPARE(tab->model()->index(0, 1).data().toString(), QStringLiteral("pear"));
    // The same again is the same tab.
    QCOMPARE(w.window->openTable(w.schema.name(), QStringLiteral("fruit")), tab);
    QTRY_COMPARE(tab->countLabel()->text(), QStringLiteral("1 rows"));
}

void tst_TableTab::sortByHeader()
{
    MATRIX_SERVER(live);
    Fruit w(live);
    QVERIFY(w.isReady());
    OpenWindow::clickHeader(w.tab->grid(), Name);
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("apple"));
    OpenWindow::clickHeader(w.tab->grid(), Name);
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("quince"));
    OpenWindow::clickHeader(w.tab->grid(), Name);
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("pear"));
    QCOMPARE(w.tab->model()->sortColumn(), -1);
    // By the keyboard.
    OpenWindow::clickCell(w.tab->grid(), 0, Name);
    OpenWindow::press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("apple"));
}

void tst_TableTab::filter()
{
    MATRIX_SERVER(live);
    Fruit w(live);
    QVERIFY(w.isReady());
    const TableModel *model = w.tab->model();
    OpenWindow::clickCell(w.tab->grid(), 0, Name);
    OpenWindow::press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget(), w.tab->filters()->filterEditor(Name));
    OpenWindow::write(QStringLiteral("apple"));
    QTRY_COMPARE(model->rowCount(), 2); // without Return, when the writing pauses
    QTRY_COMPARE(w.text(1, Name), QStringLiteral("pineapple"));
    // And another column's: both are to be met. Tab goes to the next line.
    OpenWindow::press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), w.tab->filters()->filterEditor(Price));
    OpenWindow::write(QStringLiteral("> 1"));
    OpenWindow::press(Qt::Key_Return);
    QTRY_COMPARE(model->rowCount(), 1);
    // What makes no sense is said, and changes nothing.
    OpenWindow::write(QStringLiteral("x"));
    OpenWindow::press(Qt::Key_Return);
    QVERIFY(w.tab->filters()->filterEditor(Price)->toolTip().contains(QLatin1String("not a number")));
    QTest::qWait(50);
    QCOMPARE(model->rowCount(), 1);
    OpenWindow::press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(model->rowCount(), 4);

    const auto rowsWith = [&](int column, const QString &filter) {
        w.tab->filters()->focusFilter(column);
        OpenWindow::write(filter);
        OpenWindow::press(Qt::Key_Return);
        QStringList ids;
        const bool done = QTest::qWaitFor(
            [&] {
                ids.clear();
                for (int row = 0; row < model->rowCount(); ++row)
                    ids.append(w.text(row, Id));
                return model->status() == TableModel::Status::Ready && model->isCountExact()
                    && !ids.contains(QString());
            },
            10'000);
        return done ? ids.join(QLatin1Char(' ')) : QStringLiteral("not done");
    };
    QCOMPARE(rowsWith(Price, QStringLiteral("NULL")), QStringLiteral("3"));
    QCOMPARE(rowsWith(Price, QStringLiteral("!NULL")), QStringLiteral("1 2 4"));
    QCOMPARE(rowsWith(Price, QStringLiteral("0.5..1.5")), QStringLiteral("1 2"));
    QCOMPARE(rowsWith(Price, QStringLiteral("0.75")), QStringLiteral("2"));
    QCOMPARE(rowsWith(Price, QStringLiteral(" ")), QStringLiteral("1 2 3 4"));
    QCOMPARE(rowsWith(Name, QStringLiteral("= apple")), QStringLiteral("2"));
    QCOMPARE(rowsWith(Name, QStringLiteral("~ p%e%")), QStringLiteral("1 4"));
    OpenWindow::press(Qt::Key_Escape);
    QVERIFY(w.tab->grid()->hasFocus());
    OpenWindow::press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    OpenWindow::press(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(w.tab->searchField()->hasFocus());
    OpenWindow::write(QStringLiteral("quin"));
    QTRY_COMPARE(model->rowCount(), 1);
}

void tst_TableTab::edit()
{
    MATRIX_SERVER(live);
    Fruit w(live);
    QVERIFY(w.isReady());
    const QString name = QStringLiteral("SELECT name FROM fruit WHERE id = 2");
    const QString price = QStringLiteral("SELECT COALESCE(price, 'NULL') FROM fruit WHERE id = 2");
    w.editCell(1, Name, QStringLiteral("red apple"));
    QCOMPARE(w.text(1, Name), QStringLiteral("red apple"));
    QCOMPARE(w.state(1, Name), CellState::Dirty);
    OpenWindow::clickCell(w.tab->grid(), 1, Price);
    OpenWindow::press(Qt::Key_0, Qt::ControlModifier);
    QVERIFY(w.tab->model()->index(1, Price).data(QueryModel::IsNullRole).toBool());
    QCOMPARE(w.value(name), QStringLiteral("apple")); // not written yet

    OpenWindow::press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(w.text(1, Price), QStringLiteral("0.75"));
    OpenWindow::press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(w.tab->model()->index(1, Price).data(QueryModel::IsNullRole).toBool());
    OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(w.value(name), QStringLiteral("red apple"));
    QTRY_COMPARE(w.value(price), QStringLiteral("NULL"));
    QTRY_VERIFY(!w.tab->model()->isDirty());
    QCOMPARE(w.state(1, Name), CellState::Clean);

    // What the schema does not allow is said at once.
    w.editCell(0, Price, QStringLiteral("cheap"));
    QVERIFY2(w.tab->banner()->text().contains(QLatin1String("number")), qPrintable(w.tab->banner()->text()));
    QCOMPARE(w.text(0, Price), QStringLiteral("1.50"));
    // Of what has choices, one is taken from a list.
    OpenWindow::clickCell(w.tab->grid(), 0, Kind);
    OpenWindow::press(Qt::Key_F2);
    OpenWindow::press(Qt::Key_Down);
    OpenWindow::press(Qt::Key_Return);
    QTRY_COMPARE(w.text(0, Kind), QStringLiteral("sour"));
    OpenWindow::press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(w.text(0, Kind), QStringLiteral("sweet"));
}

void tst_TableTab::insertAndDelete()
{
    MATRIX_SERVER(live);
    Fruit w(live);
    QVERIFY(w.isReady());
    OpenWindow::press(Qt::Key_I, Qt::ControlModifier);
    QCOMPARE(w.tab->model()->rowCount(), 5);
    OpenWindow::write(QStringLiteral("fig")); // the editor of the name is open
    OpenWindow::press(Qt::Key_Return);
    QTRY_COMPARE(w.text(4, Name), QStringLiteral("fig"));
    OpenWindow::clickCell(w.tab->grid(), 0, Name);
    OpenWindow::press(Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(TableModel::RowState(w.tab->model()->index(0, Id).data(TableModel::RowStateRole).toInt()),
             TableModel::RowState::Removed);
    OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
    const QString all = QStringLiteral("SELECT GROUP_CONCAT(name ORDER BY id) FROM fruit");
    QTRY_COMPARE(w.value(all), QStringLiteral("apple,quince,pineapple,fig"));
    QTRY_COMPARE(w.tab->model()->rowCount(), 4);
    QTRY_COMPARE(w.text(3, Id), QStringLiteral("5")); // the server's number
}

void tst_TableTab::conflict_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("mine");
    for (const QString &server : ServerMatrix::ids()) {
        QTest::addRow("mine stays, %s", qPrintable(server)) << server << true;
        QTest::addRow("theirs stays, %s", qPrintable(server)) << server << false;
    }
}

void tst_TableTab::conflict()
{
    MATRIX_SERVER(live);
    QFETCH(bool, mine);
    Fruit w(live);
    QVERIFY(w.isReady());
    const QString name = QStringLiteral("SELECT name FROM fruit WHERE id = 2");
    w.editCell(1, Name, QStringLiteral("my apple"));
    w.schema.must(QStringLiteral("UPDATE fruit SET name = 'their apple' WHERE id = 2"));
    OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
    ConflictDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = w.tab->findChild<ConflictDialog *>()) != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QCOMPARE(w.value(name), QStringLiteral("their apple"));
    QStringList shown;
    for (int column = 0; column < 4; ++column)
        shown.append(dialog->comparison()->item(0, column)->text());
    QCOMPARE(shown.join(QLatin1Char('|')), QStringLiteral("name|apple|my apple|their apple"));

    QTest::keyClick(dialog, mine ? Qt::Key_M : Qt::Key_T, Qt::AltModifier);
    QTRY_VERIFY(!w.tab->findChild<ConflictDialog *>());
    w.back();
    QCOMPARE(w.text(1, Name), mine ? QStringLiteral("my apple") : QStringLiteral("their apple"));
    QCOMPARE(w.tab->model()->isDirty(), mine);
    if (mine) {
        OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!w.tab->model()->isDirty());
    }
    QCOMPARE(w.value(name), mine ? QStringLiteral("my apple") : QStringLiteral("their apple"));
}

void tst_TableTab::relation()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(
        QStringLiteral("CREATE TABLE customers (id INT PRIMARY KEY, code CHAR(3), name VARCHAR(40))"));
    w.schema.must(QStringLiteral(
        "INSERT INTO customers VALUES (1, 'a', 'Ada'), (2, 'g', 'Grace'), (3, 'm', 'Margaret')"));
    w.schema.must(
        QStringLiteral("CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, FOREIGN KEY (customer_id) "
                       "REFERENCES customers (id))"));
    w.schema.must(QStringLiteral("INSERT INTO orders VALUES (10, 1), (11, 2)"));
    w.open();
    TableTab *tab = w.window->openTable(w.schema.name(), QStringLiteral("orders"));
    QTRY_COMPARE(tab->model()->index(0, 1).data().toString(),
                 QStringLiteral("Ada")); // by its name, not its code
    OpenWindow::clickCell(tab->grid(), 0, 1);
    OpenWindow::press(Qt::Key_F2);
    OpenWindow::write(QStringLiteral("arg"));
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line && line->completer());
    QTRY_VERIFY(line->completer()->popup()->isVisible());
    QTRY_COMPARE(line->completer()->popup()->model()->index(0, 0).data().toString(),
                 QStringLiteral("Margaret"));
    QTest::keyClick(line->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(line->completer()->popup(), Qt::Key_Return);
    QCOMPARE(tab->model()->index(0, 1).data(Qt::EditRole).toInt(), 3);
    OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(w.value(QStringLiteral("SELECT customer_id FROM orders WHERE id = 10")),
                 QStringLiteral("3"));
}

void tst_TableTab::goToRow()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE many (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))"));
    w.schema.fill(QStringLiteral("many"), QStringLiteral("id, name"),
                  QStringLiteral("n + 1, CONCAT('row ', n + 1)"), 20'000);
    w.open();
    TableTab *tab = w.window->openTable(w.schema.name(), QStringLiteral("many"));
    QTRY_VERIFY(tab->model()->isCountExact());
    QTRY_COMPARE(tab->countLabel()->text(), QStringLiteral("20,000 rows"));
    OpenWindow::press(Qt::Key_G, Qt::ControlModifier);
    auto *dialog = tab->findChild<QInputDialog *>();
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *number = dialog->findChild<QSpinBox *>();
    number->selectAll();
    QTest::keyClicks(number, QStringLiteral("12345"));
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(tab->grid()->currentIndex().row(), 12'344);
    QTRY_COMPARE(tab->grid()->currentIndex().siblingAtColumn(1).data().toString(),
                 QStringLiteral("row 12345"));
}

// Of a table that is longer than what its view has of it.
void tst_TableTab::farRows()
{
    MATRIX_SERVER(live);
    constexpr int Last = 149'999;
    static_assert(Last > RowWindowModel::DefaultSize);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE many (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))"));
    w.schema.fill(QStringLiteral("many"), QStringLiteral("id, name"),
                  QStringLiteral("n + 1, CONCAT('row ', n + 1)"), Last + 1);
    w.open();
    TableTab *tab = w.window->openTable(w.schema.name(), QStringLiteral("many"));
    QTRY_VERIFY(tab->model()->isCountExact() && tab->model()->rowCount() == Last + 1);
    QVERIFY(tab->grid()->model()->rowCount() < Last);
    QTRY_COMPARE(tab->grid()->model()->index(0, 1).data().toString(), QStringLiteral("row 1"));
    OpenWindow::clickCell(tab->grid(), 0, 1);
    OpenWindow::press(Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(tab->grid()->currentCell().row(), Last);
    QTRY_COMPARE(tab->grid()->currentCell().data().toString(), QStringLiteral("row 150000"));
    const QModelIndex shown = tab->grid()->currentIndex();
    QCOMPARE(shown.data().toString(), QStringLiteral("row 150000"));
    QVERIFY(tab->grid()->viewport()->rect().intersects(tab->grid()->visualRect(shown)));
    QCOMPARE(tab->grid()->model()->headerData(shown.row(), Qt::Vertical).toInt(), Last + 1);
    // It is edited, as any other is.
    OpenWindow::press(Qt::Key_F2);
    OpenWindow::write(QStringLiteral("the last"));
    OpenWindow::press(Qt::Key_Return);
    QTRY_COMPARE(tab->grid()->currentCell().data().toString(), QStringLiteral("the last"));
    // Back, and to one in the middle by its number, with the edit kept.
    OpenWindow::press(Qt::Key_Home, Qt::ControlModifier);
    QTRY_COMPARE(tab->grid()->currentCell().row(), 0);
    tab->grid()->setCurrentCell(tab->model()->index(74'999, 0));
    QTRY_COMPARE(tab->grid()->currentIndex().data().toInt(), 75'000);
    OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(w.value(QStringLiteral("SELECT name FROM many WHERE id = 150000")),
                 QStringLiteral("the last"));
}

void tst_TableTab::closingAsks()
{
    MATRIX_SERVER(live);
    Fruit w(live);
    QVERIFY(w.isReady());
    w.editCell(0, Name, QStringLiteral("prune"));
    const auto answer = [](QMessageBox::StandardButton button) {
        QTimer::singleShot(0, qApp, [button] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            if (box)
                QTest::mouseClick(box->button(button), Qt::LeftButton);
        });
    };
    answer(QMessageBox::Cancel);
    OpenWindow::press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(w.window->currentTab(), w.tab);
    w.back();
    QCOMPARE(w.text(0, Name), QStringLiteral("prune"));
    answer(QMessageBox::Discard);
    OpenWindow::press(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(w.window->currentTab() != w.tab);
    QCOMPARE(w.value(QStringLiteral("SELECT name FROM fruit WHERE id = 1")), QStringLiteral("pear"));
}

QTEST_MAIN(tst_TableTab)
#include "tst_tabletab.moc"
