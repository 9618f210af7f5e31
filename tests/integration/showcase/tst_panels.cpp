// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "connect/connectdialog.h"
#include "connect/recentconnections.h"
#include "look/messagebanner.h"
#include "look/theme.h"
#include "openwindow.h"
#include "query/sqleditor.h"
#include "running/runningpanel.h"
#include "table/tabletab.h"
#include "transfer/exportdialog.h"
#include "viewers/cellviewer.h"
#include "viewers/hexview.h"
#include "viewers/imageview.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

//! What stands beside the tabs: the viewer of cells, the running statements, and the dialogs.
class tst_Panels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void viewer_data() { ServerMatrix::addRows(); }
    void viewer();
    void exportRows_data() { ServerMatrix::addRows(); }
    void exportRows();
    void exportCancelled_data() { ServerMatrix::addRows(); }
    void exportCancelled();
    void running_data() { ServerMatrix::addRows(); }
    void running();
    void connecting_data() { ServerMatrix::addRows(); }
    void connecting();
    void everyCommandHasAKey_data() { ServerMatrix::addRows(); }
    void everyCommandHasAKey();
    void lightAndDark_data() { ServerMatrix::addRows(); }
    void lightAndDark();
    void asTheDesktop_data() { ServerMatrix::addRows(); }
    void asTheDesktop();
};

namespace {

void run(const OpenWindow &w, const QString &sql)
{
    w.queryTab()->setSql(sql);
    w.queryTab()->editor()->setFocus();
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(w.queryTab()->model()->status(), Status::Ready, 30'000);
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("(no file)");
}

void answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        QVERIFY(box);
        QTest::mouseClick(box->button(button), Qt::LeftButton);
    });
}

} // namespace

void tst_Panels::viewer()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.open();
    QImage picture(5, 3, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QByteArray png;
    QBuffer buffer(&png);
    picture.save(&buffer, "PNG");
    run(w,
        QStringLiteral("SELECT 'plain' AS a, CONVERT('{\"b\": [1, 2]}' USING utf8mb4) AS j, X'%1' AS p, "
                       "X'000AFF41' AS x, NULL AS n")
            .arg(QString::fromLatin1(png.toHex())));
    OpenWindow::press(Qt::Key_F4);
    const CellViewer *viewer = w.window->viewer();
    QTRY_VERIFY(viewer->isVisible());
    const GridView *grid = w.queryTab()->grid();
    OpenWindow::clickCell(grid, 0, 0);
    QCOMPARE(viewer->currentPage(), CellViewer::TextPage);
    QCOMPARE(viewer->text()->toPlainText(), QStringLiteral("plain"));
    OpenWindow::press(Qt::Key_Right);
    QCOMPARE(viewer->currentPage(), CellViewer::JsonPage);
    QVERIFY(viewer->json()->toPlainText().contains(QLatin1String("\n    \"b\": [\n")));
    OpenWindow::press(Qt::Key_Right);
    QCOMPARE(viewer->currentPage(), CellViewer::ImagePage);
    QCOMPARE(viewer->image()->image().size(), QSize(5, 3));
    OpenWindow::press(Qt::Key_Right);
    QCOMPARE(viewer->currentPage(), CellViewer::HexPage);
    QCOMPARE(viewer->hex()->bytes(), QByteArray::fromHex("000AFF41"));
    QVERIFY(viewer->hex()->line(0).startsWith(QLatin1String("00000000  00 0a ff 41")));
    QVERIFY(viewer->hex()->line(0).endsWith(QLatin1String("...A")));
    OpenWindow::press(Qt::Key_Right); // NULL
    QCOMPARE(viewer->text()->toPlainText(), QString());
    // Hidden by the same key; the keyboard goes back to the tab.
    OpenWindow::press(Qt::Key_F4);
    QVERIFY(!viewer->isVisible());
    // It lets go of a tab that is closed.
    OpenWindow::press(Qt::Key_F4);
    OpenWindow::press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(viewer->hex()->bytes(), QByteArray());
}

void tst_Panels::exportRows()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20))"));
    w.schema.must(QStringLiteral("INSERT INTO fruit VALUES (1, 'pear'), (2, NULL), (3, 'a \"b\"')"));
    w.open();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("fruit.csv"));
    TableTab *tab = w.window->openTable(w.schema.name(), QStringLiteral("fruit"));
    QTRY_VERIFY(tab->model()->isCountExact());
    OpenWindow::press(Qt::Key_E, Qt::ControlModifier);
    auto *dialog = tab->findChild<ExportDialog *>();
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    dialog->fileName()->setText(path);
    QTest::keyClick(dialog->fileName(), Qt::Key_Return);
    QTRY_VERIFY(!dialog->isRunning());
    QVERIFY2(dialog->state()->text().startsWith(QLatin1String("3 rows")),
             qPrintable(dialog->state()->text()));
    const QByteArray csv = "id,name\r\n1,pear\r\n2,\r\n3,\"a \"\"b\"\"\"\r\n";
    QCOMPARE(contentsOf(path), csv);

    // A file that is there is written over only if one says so.
    answer(QMessageBox::Cancel);
    QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
    QVERIFY(!dialog->isRunning());
    dialog->formats()->setCurrentIndex(2);
    QCOMPARE(dialog->fileName()->text(), folder.filePath(QStringLiteral("fruit.jsonl")));
    dialog->fileName()->setText(path);
    answer(QMessageBox::Save);
    QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
    QTRY_VERIFY(!dialog->isRunning());
    QVERIFY(contentsOf(path).startsWith("{\"id\":1,\"name\":\"pear\"}\n"));
    // Where nothing can be written it is said, and another name may be given.
    dialog->fileName()->setText(folder.filePath(QStringLiteral("no/such/folder.csv")));
    QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
    QVERIFY(dialog->banner()->text().startsWith(QLatin1String("Cannot write")));
}

void tst_Panels::exportCancelled()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE many (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))"));
    w.schema.fill(QStringLiteral("many"), QStringLiteral("id, name"),
                  QStringLiteral("n + 1, CONCAT('row ', n + 1)"), 50'000);
    w.open();
    TableTab *tab = w.window->openTable(w.schema.name(), QStringLiteral("many"));
    QTRY_VERIFY(tab->model()->isCountExact());
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("many.csv"));
    QFile before(path);
    QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
    before.close();
    OpenWindow::press(Qt::Key_E, Qt::ControlModifier);
    auto *dialog = tab->findChild<ExportDialog *>();
    dialog->fileName()->setText(path);
    answer(QMessageBox::Save);
    QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
    QVERIFY(dialog->isRunning());
    QTest::mouseClick(dialog->stopButton(), Qt::LeftButton);
    QTRY_VERIFY(!dialog->isRunning());
    QCOMPARE(dialog->state()->text(), QStringLiteral("Nothing was written."));
    QCOMPARE(contentsOf(path), QByteArrayLiteral("before"));
}

void tst_Panels::running()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.open();
    QueryTab *tab = w.queryTab();
    tab->setSql(QStringLiteral("SELECT SLEEP(120) AS a_nap"));
    OpenWindow::press(Qt::Key_Return, Qt::ControlModifier);
    OpenWindow::press(Qt::Key_F8);
    const RunningPanel *panel = w.window->running();
    QTRY_VERIFY(panel->isVisible());
    const auto rowOf = [](const GridView *grid, const QString &text) {
        for (int row = 0; row < grid->model()->rowCount(); ++row) {
            for (int column = 0; column < grid->model()->columnCount(); ++column) {
                if (grid->model()->index(row, column).data().toString().contains(text))
                    return row;
            }
        }
        return -1;
    };
    QTRY_VERIFY(rowOf(panel->ownGrid(), QStringLiteral("a_nap")) >= 0);
    OpenWindow::clickCell(panel->ownGrid(), rowOf(panel->ownGrid(), QStringLiteral("a_nap")),
                          PoolModel::StatementColumn);
    OpenWindow::press(Qt::Key_Delete);
    // MariaDB ends a SLEEP that is killed with an error, MySQL with the row 1.
    QTRY_VERIFY_WITH_TIMEOUT(!tab->isBusy(), 20'000);

    // And what others run.
    panel->pages()->setCurrentWidget(panel->serverGrid());
    const auto other = w.schema.others.query(u"SELECT SLEEP(120) AS the_nap_of_another");
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(panel->serverGrid(), QStringLiteral("the_nap_of_another")) >= 0, 20'000);
    panel->serverGrid()->scrollToTop();
    panel->serverGrid()->setCurrentIndex(panel->serverGrid()->model()->index(
        rowOf(panel->serverGrid(), QStringLiteral("the_nap_of_another")), 0));
    panel->serverGrid()->setFocus();
    OpenWindow::press(Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(other.isFinished(), 20'000);
}

void tst_Panels::connecting()
{
    MATRIX_SERVER(live);
    OpenWindow w(live); // for its settings
    // The dialog asks for no more than this.
    const ConnectOptions right
        = ConnectOptions::fromUrl(live.url())->setCancelTimeout(ConnectOptions().cancelTimeout());
    const auto tryWith = [](ConnectDialog &dialog) {
        dialog.show();
        dialog.banner()->clear();
        dialog.tryToConnect();
        return QTest::qWaitFor(
            [&] { return !dialog.banner()->text().isEmpty() || dialog.result() == QDialog::Accepted; },
            30'000);
    };
    ConnectDialog dialog;
    ConnectOptions options = right;
    options.setPassword(QStringLiteral("wrong password"));
    dialog.setOptions(options);
    QVERIFY(tryWith(dialog));
    QVERIFY2(dialog.banner()->text().contains(QLatin1String("Access denied")),
             qPrintable(dialog.banner()->text()));
    options = right;
    options.setDatabase(QStringLiteral("no_such_schema"));
    dialog.setOptions(options);
    QVERIFY(tryWith(dialog));
    QVERIFY2(dialog.banner()->text().contains(QLatin1String("Unknown schema")),
             qPrintable(dialog.banner()->text()));
    options = right;
    options.setSslCaFile(QString());
    options.setSslMode(SslMode::VerifyIdentity);
    dialog.setOptions(options);
    QVERIFY(tryWith(dialog));
    QVERIFY2(dialog.banner()->text().contains(QLatin1String("certificate authority")),
             qPrintable(dialog.banner()->text()));
    options = right;
    options.setPort(1); // where nobody listens
    dialog.setOptions(options);
    QVERIFY(tryWith(dialog));
    QVERIFY2(dialog.banner()->text().contains(QLatin1String("No connection")),
             qPrintable(dialog.banner()->text()));
    QVERIFY(RecentConnections::urls().isEmpty());

    dialog.setOptions(right);
    QVERIFY(tryWith(dialog));
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QCOMPARE(RecentConnections::urls(), QStringList{right.toString()});
    QSettings().sync();
    QVERIFY(!contentsOf(QSettings().fileName()).contains(live.password.toUtf8()) || live.password.isEmpty());
    // The next time it is there again, but for the password.
    const ConnectDialog again;
    QCOMPARE(again.options().toString(), right.toString());
    QVERIFY(again.passwordField()->text().isEmpty());
    QCOMPARE(again.recent()->itemText(1), right.toString());
}

void tst_Panels::everyCommandHasAKey()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    w.schema.must(QStringLiteral("CREATE TABLE fruit (id INT PRIMARY KEY)"));
    w.open();
    QSet<QString> keys;
    const auto check = [&] {
        keys.clear();
        for (const QAction *menu : w.window->menuBar()->actions()) {
            for (const QAction *action : menu->menu()->actions()) {
                if (action->isSeparator() || action->actionGroup()
                    || action->text() == QLatin1String("&System schemas"))
                    continue; // by the menu's own letters
                QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
                for (const QKeySequence &key : action->shortcuts()) {
                    QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                    keys.insert(key.toString());
                }
            }
        }
    };
    check();
    OpenWindow::press(Qt::Key_F1);
    auto *list = w.window->findChild<QTreeWidget *>();
    QVERIFY(list);
    for (const QString &key : {QStringLiteral("Ctrl+Return"), QStringLiteral("Ctrl+T"), QStringLiteral("F8")})
        QVERIFY2(!list->findItems(key, Qt::MatchContains | Qt::MatchRecursive, 1).isEmpty(), qPrintable(key));
    list->window()->close();
    w.back();
    TableTab *tab = w.window->openTable(w.schema.name(), QStringLiteral("fruit"));
    QTRY_COMPARE(tab->model()->status(), TableModel::Status::Ready);
    check();
    // Tab goes round through the parts of the window.
    QSet<QWidget *> reached;
    for (int i = 0; i < 40; ++i) {
        OpenWindow::press(Qt::Key_Tab);
        reached.insert(QApplication::focusWidget());
    }
    QVERIFY(reached.contains(tab->searchField()));
    QVERIFY(reached.contains(tab->grid()));
    QVERIFY(reached.size() >= 6);
}

void tst_Panels::lightAndDark()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    Theme::apply(*qApp, QStringLiteral("light"));
    w.open();
    QVERIFY(!Theme::isDark(w.window->palette()));
    const QColor light = w.window->grab().toImage().pixelColor(w.window->width() - 40, 300);
    OpenWindow::press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(Theme::isDark(w.window->palette()));
    const QColor dark = w.window->grab().toImage().pixelColor(w.window->width() - 40, 300);
    QVERIFY2(light.lightness() > 200 && dark.lightness() < 60, qPrintable(light.name() + dark.name()));
    QCOMPARE(QSettings().value(QStringLiteral("theme")).toString(), QStringLiteral("dark"));
}

// A desktop that becomes dark gives the application another palette.
void tst_Panels::asTheDesktop()
{
    MATRIX_SERVER(live);
    OpenWindow w(live);
    QPalette darkDesktop;
    darkDesktop.setColor(QPalette::Window, Qt::black);
    darkDesktop.setColor(QPalette::WindowText, Qt::white);
    QPalette lightDesktop;
    lightDesktop.setColor(QPalette::Window, Qt::white);
    lightDesktop.setColor(QPalette::WindowText, Qt::black);
    Theme::apply(*qApp, QStringLiteral("system"));
    w.open();
    QApplication::setPalette(darkDesktop);
    QTRY_VERIFY(Theme::isDark(w.window->palette()));
    QVERIFY(w.window->palette().color(QPalette::Window) != QColor(Qt::black)); // in colours of its own
    QApplication::setPalette(lightDesktop);
    QTRY_VERIFY(!Theme::isDark(w.window->palette()));
    QVERIFY(w.window->palette().color(QPalette::Window) != QColor(Qt::white));
    // A theme that was chosen stays.
    Theme::apply(*qApp, QStringLiteral("light"));
    QApplication::setPalette(darkDesktop);
    QTest::qWait(10);
    QVERIFY(!Theme::isDark(w.window->palette()));
}

QTEST_MAIN(tst_Panels)
#include "tst_panels.moc"
