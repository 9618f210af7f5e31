// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "grid/markedheader.h"
#include "look/elidedlabel.h"
#include "look/messagebanner.h"
#include "openwindow.h"
#include "query/resultediting.h"
#include "query/resultview.h"
#include "query/sqleditor.h"
#include "table/conflictdialog.h"

#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

//! The rows of a query, edited by keyboard and mouse.
class tst_ResultEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edit_data() { ServerMatrix::addRows(); }
    void edit();
    void readOnly_data() { ServerMatrix::addRows(); }
    void readOnly();
    void failure_data() { ServerMatrix::addRows(); }
    void failure();
    void conflict_data();
    void conflict();
    void closingAsks_data() { ServerMatrix::addRows(); }
    void closingAsks();

private:
    // A join of fruit and who grows them.
    class Harvest : public OpenWindow
    {
    public:
        explicit Harvest(const MatrixServer &server)
            : OpenWindow(server)
        {
            schema.must(
                QStringLiteral("CREATE TABLE growers (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)"));
            schema.must(QStringLiteral("INSERT INTO growers VALUES (1, 'Ada'), (2, 'Grace')"));
            schema.must(
                QStringLiteral("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, "
                               "price DECIMAL(6,2) "
                               "NULL, kind ENUM('sweet','sour') NOT NULL DEFAULT 'sweet', grower INT NULL)"));
            schema.must(
                QStringLiteral("INSERT INTO fruit (id, name, price, grower) VALUES (1, 'pear', 1.50, 1), "
                               "(2, 'apple', 0.75, 1), (3, 'quince', NULL, NULL)"));
            open();
            tab = queryTab();
            tab->setSql(QStringLiteral(
                "SELECT f.id, f.name, f.price, f.price * 2 AS twice, f.kind, g.id AS gid, g.name "
                "AS grower FROM fruit f LEFT JOIN growers g ON g.id = f.grower ORDER BY f.id"));
            press(Qt::Key_Return, Qt::ControlModifier);
        }
        // The rows are there, and what is to be known of their tables.
        bool isReady() const
        {
            return QTest::qWaitFor(
                [this] {
                    const QueryModel *model = tab->model();
                    return model->status() == Status::Ready && model->rowCount() == 3
                        && model->readOnlyReason(model->index(0, Name)).isEmpty()
                        && model->readOnlyReason(model->index(0, Grower)).isEmpty();
                },
                20'000);
        }
        QString text(int row, int column) const { return tab->model()->index(row, column).data().toString(); }
        TableModel::CellState state(int row, int column) const
        {
            return TableModel::CellState(
                tab->model()->index(row, column).data(TableModel::CellStateRole).toInt());
        }
        void editCell(int row, int column, const QString &value)
        {
            clickCell(tab->grid(), row, column);
            press(Qt::Key_F2);
            const QPointer<QWidget> editor = QApplication::focusWidget();
            write(value);
            press(Qt::Key_Return);
            // A delegate takes the text when its editor has seen the key; a dialog may be what comes next.
            QTRY_VERIFY(!editor || QApplication::focusWidget() != editor);
        }
        QString banner() const { return tab->result()->banner()->text(); }

        QueryTab *tab;
    };

    enum Columns
    {
        Id,
        Name,
        Price,
        Twice,
        Kind,
        GrowerId,
        Grower
    };
};

void tst_ResultEditing::edit()
{
    MATRIX_SERVER(live);
    Harvest w(live);
    QVERIFY(w.isReady());
    w.editCell(1, Name, QStringLiteral("red apple"));
    QTRY_COMPARE(w.value(QStringLiteral("SELECT name FROM fruit WHERE id = 2")), QStringLiteral("red apple"));
    QTRY_COMPARE(w.state(1, Name), TableModel::CellState::Clean);
    QCOMPARE(w.text(1, Name), QStringLiteral("red apple"));
    // The grower of two of them, in both rows.
    w.editCell(0, Grower, QStringLiteral("Ada L."));
    QTRY_COMPARE(w.value(QStringLiteral("SELECT name FROM growers WHERE id = 1")), QStringLiteral("Ada L."));
    QTRY_COMPARE(w.text(1, Grower), QStringLiteral("Ada L."));
    // By the keyboard alone: NULL, and a choice from a list.
    OpenWindow::clickCell(w.tab->grid(), 0, Price);
    OpenWindow::press(Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE(w.value(QStringLiteral("SELECT COALESCE(price, 'NULL') FROM fruit WHERE id = 1")),
                 QStringLiteral("NULL"));
    OpenWindow::press(Qt::Key_Right);
    OpenWindow::press(Qt::Key_Right);
    QCOMPARE(w.tab->grid()->currentIndex().column(), int(Kind));
    OpenWindow::press(Qt::Key_F2);
    OpenWindow::press(Qt::Key_Down);
    OpenWindow::press(Qt::Key_Return);
    QTRY_COMPARE(w.value(QStringLiteral("SELECT kind FROM fruit WHERE id = 1")), QStringLiteral("sour"));
    // Run again, staying there: the computed column follows, the place stays.
    w.editCell(1, Price, QStringLiteral("2.25"));
    QTRY_COMPARE(w.value(QStringLiteral("SELECT price FROM fruit WHERE id = 2")), QStringLiteral("2.25"));
    QCOMPARE(w.text(1, Twice), QStringLiteral("1.50"));
    OpenWindow::press(Qt::Key_F5);
    QTRY_COMPARE(w.text(1, Twice), QStringLiteral("4.50"));
    QCOMPARE(w.tab->grid()->currentIndex(), w.tab->model()->index(1, Price));
    QVERIFY(!w.tab->editing()->hasUnwritten());
}

void tst_ResultEditing::readOnly()
{
    MATRIX_SERVER(live);
    Harvest w(live);
    QVERIFY(w.isReady());
    const auto *header = qobject_cast<MarkedHeader *>(w.tab->grid()->horizontalHeader());
    QVERIFY(header);
    QTRY_VERIFY(header->isLocked(Twice));
    QVERIFY(!header->isLocked(Name) && !header->isLocked(Grower));
    OpenWindow::clickCell(w.tab->grid(), 0, Twice);
    QVERIFY2(w.tab->result()->hint()->text().contains(QLatin1String("computed")),
             qPrintable(w.tab->result()->hint()->text()));
    QCOMPARE(w.banner(), QString());
    OpenWindow::press(Qt::Key_F2);
    QVERIFY2(w.banner().contains(QLatin1String("computed")), qPrintable(w.banner()));
    QVERIFY(w.tab->grid()->hasFocus());
    // A row that has nothing of the other table.
    OpenWindow::clickCell(w.tab->grid(), 2, Grower);
    QVERIFY2(w.tab->result()->hint()->text().contains(QLatin1String("no row")),
             qPrintable(w.tab->result()->hint()->text()));
    OpenWindow::press(Qt::Key_X); // writing begins to edit
    QVERIFY2(w.banner().contains(QLatin1String("no row")), qPrintable(w.banner()));
    OpenWindow::clickCell(w.tab->grid(), 0, Name);
    QVERIFY2(w.tab->result()->hint()->text().startsWith(QLatin1String("F2")),
             qPrintable(w.tab->result()->hint()->text()));

    // Where nothing can be edited there are no locks, but the reason is.
    w.tab->editor()->setFocus();
    w.tab->setSql(QStringLiteral("SELECT kind, COUNT(*) FROM fruit GROUP BY kind"));
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(w.tab->model()->status(), Status::Ready);
    QCOMPARE(w.tab->model()->rowCount(), 1);
    QVERIFY(!header->isLocked(0) && !header->isLocked(1));
    OpenWindow::clickCell(w.tab->grid(), 0, 0);
    QVERIFY2(w.tab->result()->hint()->text().startsWith(QLatin1String("Read-only: ")),
             qPrintable(w.tab->result()->hint()->text()));
}

void tst_ResultEditing::failure()
{
    MATRIX_SERVER(live);
    Harvest w(live);
    QVERIFY(w.isReady());
    // What the schema does not allow is said without asking the server.
    w.editCell(0, Price, QStringLiteral("cheap"));
    QVERIFY2(w.banner().contains(QLatin1String("number")), qPrintable(w.banner()));
    QCOMPARE(w.text(0, Price), QStringLiteral("1.50"));
    // What the server refuses stays, to be written again or forgotten.
    w.editCell(0, Name, QStringLiteral("apple"));
    QTRY_VERIFY2(w.banner().contains(QLatin1String("1062")), qPrintable(w.banner()));
    QCOMPARE(w.state(0, Name), TableModel::CellState::Failed);
    QCOMPARE(w.text(0, Name), QStringLiteral("apple"));
    QVERIFY(w.tab->editing()->hasUnwritten());
    w.schema.must(QStringLiteral("UPDATE fruit SET name = 'crab apple' WHERE id = 2"));
    OpenWindow::press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(w.value(QStringLiteral("SELECT name FROM fruit WHERE id = 1")), QStringLiteral("apple"));
    QTRY_VERIFY(!w.tab->editing()->hasUnwritten());
    QTRY_COMPARE(w.banner(), QString());

    w.editCell(0, Name, QStringLiteral("quince"));
    QTRY_VERIFY2(w.banner().contains(QLatin1String("1062")), qPrintable(w.banner()));
    OpenWindow::press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(w.text(0, Name), QStringLiteral("apple"));
    QCOMPARE(w.banner(), QString());
    QVERIFY(!w.tab->editing()->hasUnwritten());
}

void tst_ResultEditing::conflict_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("mine");
    for (const QString &server : ServerMatrix::ids()) {
        QTest::addRow("mine stays, %s", qPrintable(server)) << server << true;
        QTest::addRow("theirs stays, %s", qPrintable(server)) << server << false;
    }
}

void tst_ResultEditing::conflict()
{
    MATRIX_SERVER(live);
    QFETCH(bool, mine);
    Harvest w(live);
    QVERIFY(w.isReady());
    const QString name = QStringLiteral("SELECT name FROM fruit WHERE id = 2");
    w.schema.must(QStringLiteral("UPDATE fruit SET name = 'their apple' WHERE id = 2"));
    w.editCell(1, Name, QStringLiteral("my apple"));
    QTRY_VERIFY(w.tab->editing()->conflictDialog());
    ConflictDialog *dialog = w.tab->editing()->conflictDialog();
    dialog->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), dialog);
    QCOMPARE(w.value(name), QStringLiteral("their apple"));
    QStringList shown;
    for (int column = 0; column < 4; ++column)
        shown.append(dialog->comparison()->item(0, column)->text());
    QCOMPARE(shown.join(QLatin1Char('|')), QStringLiteral("name|apple|my apple|their apple"));
    // Decided later: nothing is lost, and Ctrl+R asks again.
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!w.tab->editing()->conflictDialog());
    w.back();
    QCOMPARE(w.text(1, Name), QStringLiteral("my apple"));
    QCOMPARE(w.state(1, Name), TableModel::CellState::Conflict);
    OpenWindow::press(Qt::Key_R, Qt::ControlModifier);
    dialog = w.tab->editing()->conflictDialog();
    QVERIFY(dialog);
    dialog->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), dialog);

    QTest::keyClick(dialog, mine ? Qt::Key_M : Qt::Key_T, Qt::AltModifier);
    QTRY_VERIFY(!w.tab->editing()->conflictDialog());
    w.back();
    QTRY_COMPARE(w.value(name), mine ? QStringLiteral("my apple") : QStringLiteral("their apple"));
    QTRY_COMPARE(w.state(1, Name), TableModel::CellState::Clean);
    QCOMPARE(w.text(1, Name), mine ? QStringLiteral("my apple") : QStringLiteral("their apple"));
    QVERIFY(!w.tab->editing()->hasUnwritten());
}

void tst_ResultEditing::closingAsks()
{
    MATRIX_SERVER(live);
    Harvest w(live);
    QVERIFY(w.isReady());
    w.editCell(0, Name, QStringLiteral("apple")); // which there is
    QTRY_VERIFY(w.tab->editing()->hasUnwritten());
    QVERIFY(w.window->tabs()->tabText(0).startsWith(QStringLiteral("• ")));
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
    answer(QMessageBox::Discard);
    OpenWindow::press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(w.window->tabs()->count(), 0);
    QCOMPARE(w.value(QStringLiteral("SELECT name FROM fruit WHERE id = 1")), QStringLiteral("pear"));
}

QTEST_MAIN(tst_ResultEditing)
#include "tst_resultediting.moc"
