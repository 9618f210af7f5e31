// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "look/messagebanner.h"
#include "openwindow.h"
#include "query/historydialog.h"
#include "query/resultview.h"
#include "query/sqleditor.h"
#include "schema/schematree.h"
#include "sql/statementhistory.h"

#include <QAsyncMySql/error.h>

#include <QtWidgets/QCompleter>
#include <QtWidgets/QLineEdit>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

//! Tabs and queries in the window of the browser, by keyboard and mouse.
class tst_QueryTab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tabs_data() { ServerMatrix::addRows(); }
    void tabs();
    void closingCancels_data() { ServerMatrix::addRows(); }
    void closingCancels();
    void runAndSort_data() { ServerMatrix::addRows(); }
    void runAndSort();
    void cancel_data() { ServerMatrix::addRows(); }
    void cancel();
    void errorsAtTheirPlace_data() { ServerMatrix::addRows(); }
    void errorsAtTheirPlace();
    void completion_data() { ServerMatrix::addRows(); }
    void completion();
    void history_data() { ServerMatrix::addRows(); }
    void history();
    void passwordsAreForgotten();
};

namespace {

// Marks of the editor: what is underlined.
QStringList marked(const SqlEditor *editor)
{
    QStringList texts;
    for (const QTextEdit::ExtraSelection &mark : editor->extraSelections())
        texts.append(mark.cursor.selectedText());
    return texts;
}

} // namespace

void tst_QueryTab::tabs()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.open();
    QTabWidget *tabs = w.window->tabs();
    QCOMPARE(tabs->count(), 1);
    OpenWindow::write(QStringLiteral("SELECT 1 AS first"));
    OpenWindow::press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(tabs->count(), 2);
    QCOMPARE(tabs->currentIndex(), 1);
    QVERIFY(w.queryTab()->editor()->hasFocus());
    OpenWindow::write(QStringLiteral("SELECT 2 AS second"));
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(w.queryTab()->model()->status(), Status::Ready);
    QCOMPARE(tabs->tabText(1), QStringLiteral("SELECT 2 AS second"));

    OpenWindow::press(Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(w.queryTab()->editor()->toPlainText(), QStringLiteral("SELECT 1 AS first"));
    OpenWindow::press(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs->currentIndex(), 1);
    OpenWindow::press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(tabs->count(), 1);
    QCOMPARE(w.queryTab()->editor()->toPlainText(), QStringLiteral("SELECT 1 AS first"));
}

void tst_QueryTab::closingCancels()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.open();
    OpenWindow::write(QStringLiteral("SELECT SLEEP(120) AS nap_of_a_closed_tab"));
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    const QString running
        = QStringLiteral("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE "
                         "'SELECT SLEEP(120) AS nap_of_a_closed_tab%'");
    QTRY_COMPARE_WITH_TIMEOUT(w.value(running), QStringLiteral("1"), 20'000);
    OpenWindow::press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(w.window->tabs()->count(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(w.value(running), QStringLiteral("0"), 20'000);
}

void tst_QueryTab::runAndSort()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20))"));
    w.schema.must(QStringLiteral("INSERT INTO fruit VALUES (1, 'pear'), (2, 'apple'), (3, 'quince')"));
    w.open();
    QueryTab *tab = w.queryTab();
    // Of several statements the one at the cursor is run.
    OpenWindow::write(QStringLiteral("SELECT 1; SELECT * FROM fruit; "));
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(tab->model()->status(), Status::Ready);
    QCOMPARE(tab->model()->rowCount(), 3);

    const auto name = [tab](int row) { return tab->model()->index(row, 1).data().toString(); };
    OpenWindow::clickHeader(tab->grid(), 1);
    QTRY_COMPARE(name(0), QStringLiteral("apple"));
    QTRY_COMPARE(tab->model()->status(), Status::Ready);
    OpenWindow::clickHeader(tab->grid(), 1);
    QTRY_COMPARE(name(0), QStringLiteral("quince"));
    QTRY_COMPARE(tab->model()->status(), Status::Ready);
    OpenWindow::clickHeader(tab->grid(), 1); // as the query has it
    QTRY_COMPARE(name(0), QStringLiteral("pear"));
    QCOMPARE(tab->model()->sortColumn(), -1);
}

void tst_QueryTab::cancel()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.open();
    QueryTab *tab = w.queryTab();
    OpenWindow::write(QStringLiteral("SELECT SLEEP(120)"));
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(tab->model()->status(), Status::Loading);
    OpenWindow::press(Qt::Key_Escape);
    QTRY_COMPARE(tab->model()->status(), Status::Cancelled);
}

void tst_QueryTab::errorsAtTheirPlace()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20))"));
    w.open();
    QueryTab *tab = w.queryTab();
    const auto fail = [&](const QString &sql, int code) {
        tab->setSql(sql);
        OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
        return QTest::qWaitFor([&] { return tab->model()->status() == Status::Failed; }, 10'000)
            && tab->model()->error().code() == code;
    };
    QVERIFY(fail(QStringLiteral("SELECT 1;\nSELECT name\nFORM fruit\nWHERE id = 1"), 1064));
    // FORM is read as another name of the column.
    QCOMPARE(marked(tab->editor()), QStringList{QStringLiteral("fruit")});
    QVERIFY2(tab->result()->banner()->text().contains(QLatin1String("1064")),
             qPrintable(tab->result()->banner()->text()));

    QVERIFY(fail(QStringLiteral("SELECT id,\n  nmae FROM fruit"), 1054));
    QCOMPARE(marked(tab->editor()), QStringList{QStringLiteral("nmae")});
    QVERIFY(fail(QStringLiteral("SELECT * FROM friut"), 1146));
    QCOMPARE(marked(tab->editor()), QStringList{QStringLiteral("friut")});
    // Writing on takes the mark away.
    OpenWindow::write(QStringLiteral("x"));
    QVERIFY(marked(tab->editor()).isEmpty());
}

void tst_QueryTab::completion()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(
        QStringLiteral("CREATE TABLE fruit_basket (basket_id INT PRIMARY KEY, `odd name` INT, carrier INT)"));
    w.open();
    SqlEditor *editor = w.queryTab()->editor();
    QAbstractItemView *popup = editor->findChild<QCompleter *>()->popup();
    QTRY_VERIFY(
        w.window->schemas()->schemas()->find(w.schema.name(), QStringLiteral("fruit_basket")).isValid());

    OpenWindow::write(QStringLiteral("SELECT * FROM fruit_b"));
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(editor->toPlainText(), QStringLiteral("SELECT * FROM fruit_basket"));
    // Its columns are read when they are asked for.
    OpenWindow::write(QStringLiteral(" f WHERE f."));
    const auto offers = [popup](const QString &text) {
        for (int i = 0; popup->isVisible() && i < popup->model()->rowCount(); ++i) {
            if (popup->model()->index(i, 0).data().toString() == text)
                return true;
        }
        return false;
    };
    QTRY_VERIFY(offers(QStringLiteral("basket_id")));
    QVERIFY(offers(QStringLiteral("`odd name`")));
    QVERIFY(!offers(QStringLiteral("SELECT")));
    QTest::keyClicks(popup, QStringLiteral("carr"));
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(editor->toPlainText(), QStringLiteral("SELECT * FROM fruit_basket f WHERE f.carrier"));
}

void tst_QueryTab::history()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.open();
    QueryTab *tab = w.queryTab();
    for (const QString &sql : {QStringLiteral("SELECT 11"), QStringLiteral("SELECT 22")}) {
        tab->setSql(sql);
        OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(tab->model()->status(), Status::Ready);
    }
    tab->setSql(QStringLiteral("a draft"));
    OpenWindow::press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(tab->editor()->toPlainText(), QStringLiteral("SELECT 22"));
    OpenWindow::press(Qt::Key_Up, Qt::ControlModifier);
    OpenWindow::press(Qt::Key_Up, Qt::ControlModifier); // there is no earlier one
    QCOMPARE(tab->editor()->toPlainText(), QStringLiteral("SELECT 11"));
    OpenWindow::press(Qt::Key_Down, Qt::ControlModifier);
    OpenWindow::press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(tab->editor()->toPlainText(), QStringLiteral("a draft"));

    // Another window finds them in the settings.
    w.open();
    OpenWindow::press(Qt::Key_H, Qt::ControlModifier);
    auto *dialog = w.window->findChild<HistoryDialog *>();
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), QStringLiteral("11"));
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(w.queryTab()->editor()->toPlainText(), QStringLiteral("SELECT 11"));
}

void tst_QueryTab::passwordsAreForgotten()
{
    for (const char *sql :
         {"ALTER USER a IDENTIFIED BY 'x'", "SET PASSWORD = 'x'", "select aes_encrypt(a, 'x')"})
        QVERIFY2(StatementHistory::mayHoldPassword(QString::fromLatin1(sql)), sql);
    QVERIFY(!StatementHistory::mayHoldPassword(QStringLiteral("SELECT * FROM orders")));
}

QTEST_MAIN(tst_QueryTab)
#include "tst_querytab.moc"
