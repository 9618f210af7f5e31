// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/models/scratchschema.h"

#include <QAsyncMySql/tablemodel.h>

#include <QtQml/QQmlApplicationEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>
#include <QtQuickControls2/QQuickStyle>

Q_IMPORT_QML_PLUGIN(QuickBrowserPlugin)
#ifdef STATIC_QML_MODULE
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

using namespace QAsyncMySql;
using CellState = TableModel::CellState;

//! The window of the QML browser, driven by keyboard and mouse.
class tst_QuickWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QQuickStyle::setStyle(QStringLiteral("Fusion")); }
    void tabs_data() { ServerMatrix::addRows(); }
    void tabs();
    void sortAndFilter_data() { ServerMatrix::addRows(); }
    void sortAndFilter();
    void edit_data() { ServerMatrix::addRows(); }
    void edit();
    void conflict_data();
    void conflict();
    void relation_data() { ServerMatrix::addRows(); }
    void relation();
    void lightAndDark_data() { ServerMatrix::addRows(); }
    void lightAndDark();
};

namespace {

enum Columns
{
    Id,
    Name,
    Price
};

// The window on a schema of its own, with a table "fruit".
class Window
{
public:
    explicit Window(const MatrixServer &server)
        : schema(server)
    {
        schema.must(QStringLiteral(
            "CREATE TABLE fruit (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL, "
            "price DECIMAL(6,2) NULL)"));
        schema.must(QStringLiteral(
            "INSERT INTO fruit (name, price) VALUES ('pear', 1.50), ('apple', 0.75), ('quince', NULL)"));
        QUrl url = server.url();
        url.setPath(QLatin1Char('/') + schema.name());
        m_engine.addImportPath(QStringLiteral(BUILD_IMPORT_PATH));
        m_engine.addImportPath(QStringLiteral(":/qt/qml"));
        m_engine.setInitialProperties({{QStringLiteral("url"), url.toString(QUrl::FullyEncoded)},
                                       {QStringLiteral("themeMode"), QStringLiteral("light")}});
        m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/QuickBrowser/Main.qml")));
        if (m_engine.rootObjects().isEmpty())
            qFatal("no window");
        window = qobject_cast<QQuickWindow *>(m_engine.rootObjects().first());
        window->requestActivate();
        if (!QTest::qWaitForWindowActive(window))
            qFatal("the window does not become active");
        browser = window->property("browser").value<QQuickItem *>();
    }

    //! Opens a tab with the table; its rows are there then.
    bool open(const QString &table)
    {
        QMetaObject::invokeMethod(browser, "openTable", Q_ARG(QVariant, schema.name()),
                                  Q_ARG(QVariant, table));
        return QTest::qWaitFor(
            [this] {
                page = browser->property("currentPage").value<QQuickItem *>();
                model = page ? page->property("model").value<TableModel *>() : nullptr;
                return model && model->status() == TableModel::Status::Ready && model->isLoaded(0)
                    && model->isCountExact() && cell(0, Id);
            },
            20'000);
    }
    QString text(int row, int column) const { return model->index(row, column).data().toString(); }
    CellState state(int row, int column) const
    {
        return CellState(model->index(row, column).data(TableModel::CellStateRole).toInt());
    }
    QQuickItem *find(const QString &name) const { return window->findChild<QQuickItem *>(name); }
    // The item of a cell.
    QQuickItem *cell(int row, int column) const
    {
        auto *grid = page->findChild<QQuickItem *>(QStringLiteral("cells"));
        for (QQuickItem *item : grid->property("contentItem").value<QQuickItem *>()->childItems()) {
            const QVariant itsRow = item->property("row");
            if (item->isVisible() && item->property("cellState").isValid() && itsRow.toInt() == row
                && item->property("column").toInt() == column)
                return item;
        }
        return nullptr;
    }
    void click(QQuickItem *item) const
    {
        QTest::mouseClick(window, Qt::LeftButton, {},
                          item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(window, key, modifiers);
    }
    void write(const QString &text) const
    {
        for (const QChar c : text)
            QTest::keyClick(window, c.toLatin1());
    }
    void editCell(int row, int column, const QString &value) const
    {
        click(cell(row, column));
        press(Qt::Key_F2);
        write(value);
        press(Qt::Key_Return);
    }
    QString value(const QString &sql)
    {
        const ResultSet rows = schema.must(sql);
        return rows.isEmpty() ? QStringLiteral("(no row)") : rows.at(0).get<QString>(0);
    }

    ScratchSchema schema;
    QQuickWindow *window = nullptr;
    QQuickItem *browser = nullptr;
    QQuickItem *page = nullptr;
    TableModel *model = nullptr;

private:
    QQmlApplicationEngine m_engine;
};

} // namespace

void tst_QuickWindow::tabs()
{
    MATRIX_SERVER(live);
    Window w(live);
    QQuickItem *tabs = w.find(QStringLiteral("tabs"));
    QCOMPARE(tabs->property("count").toInt(), 1);
    // From the tree by the keyboard: the schema is open, the table below it.
    auto *tree = w.find(QStringLiteral("schemas"));
    QTRY_VERIFY_WITH_TIMEOUT(tree->property("rows").toInt() > 1, 20'000);
    w.press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(tabs->property("count").toInt(), 2);
    QCOMPARE(tabs->property("currentIndex").toInt(), 1);
    QVERIFY(w.open(QStringLiteral("fruit")));
    QCOMPARE(tabs->property("count").toInt(), 3);
    QVERIFY(w.open(QStringLiteral("fruit"))); // the same again
    QCOMPARE(tabs->property("count").toInt(), 3);
    w.press(Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->property("currentIndex").toInt(), 0);
    w.press(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs->property("currentIndex").toInt(), 2);
    w.press(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(tabs->property("count").toInt(), 2);
}

void tst_QuickWindow::sortAndFilter()
{
    MATRIX_SERVER(live);
    Window w(live);
    QVERIFY(w.open(QStringLiteral("fruit")));
    auto *filter = w.page->findChild<QQuickItem *>(QStringLiteral("filter1"));
    QVERIFY(filter);
    // The name above the filter is what sorts.
    const auto clickName = [&] {
        QTest::mouseClick(w.window, Qt::LeftButton, {}, filter->mapToScene(QPointF(20, -16)).toPoint());
    };
    clickName();
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("apple"));
    clickName();
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("quince"));
    clickName();
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("pear"));
    QCOMPARE(w.model->sortColumn(), -1);

    w.click(filter);
    w.write(QStringLiteral("p"));
    QTRY_COMPARE(w.model->rowCount(), 2); // without Return, when the writing pauses
    w.press(Qt::Key_Backspace);
    w.press(Qt::Key_Return);
    QTRY_COMPARE(w.model->rowCount(), 3);
    w.click(w.page->findChild<QQuickItem *>(QStringLiteral("filter2")));
    w.write(QStringLiteral("null"));
    w.press(Qt::Key_Return);
    QTRY_COMPARE(w.model->rowCount(), 1);
    QTRY_COMPARE(w.text(0, Name), QStringLiteral("quince"));
}

void tst_QuickWindow::edit()
{
    MATRIX_SERVER(live);
    Window w(live);
    QVERIFY(w.open(QStringLiteral("fruit")));
    const QString name = QStringLiteral("SELECT name FROM fruit WHERE id = 2");
    w.editCell(1, Name, QStringLiteral("red apple"));
    QCOMPARE(w.text(1, Name), QStringLiteral("red apple"));
    QCOMPARE(w.state(1, Name), CellState::Dirty);
    w.click(w.cell(1, Price));
    w.press(Qt::Key_0, Qt::ControlModifier);
    QVERIFY(w.model->index(1, Price).data(QueryModel::IsNullRole).toBool());
    w.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(w.text(1, Price), QStringLiteral("0.75"));
    QCOMPARE(w.value(name), QStringLiteral("apple")); // not written yet
    w.press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(w.value(name), QStringLiteral("red apple"));
    QTRY_VERIFY(!w.model->isDirty());
    // What the schema does not allow is said.
    w.editCell(0, Price, QStringLiteral("cheap"));
    QTRY_VERIFY(w.page->property("message").toString().contains(QLatin1String("number")));
    QCOMPARE(w.text(0, Price), QStringLiteral("1.50"));
}

void tst_QuickWindow::conflict_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("mine");
    for (const QString &server : ServerMatrix::ids()) {
        QTest::addRow("mine stays, %s", qPrintable(server)) << server << true;
        QTest::addRow("theirs stays, %s", qPrintable(server)) << server << false;
    }
}

void tst_QuickWindow::conflict()
{
    MATRIX_SERVER(live);
    QFETCH(bool, mine);
    Window w(live);
    QVERIFY(w.open(QStringLiteral("fruit")));
    const QString name = QStringLiteral("SELECT name FROM fruit WHERE id = 2");
    w.editCell(1, Name, QStringLiteral("my apple"));
    w.schema.must(QStringLiteral("UPDATE fruit SET name = 'their apple' WHERE id = 2"));
    w.press(Qt::Key_S, Qt::ControlModifier);
    QObject *dialog = w.page->findChild<QObject *>(QStringLiteral("conflict"));
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->property("opened").toBool());
    QCOMPARE(w.value(name), QStringLiteral("their apple"));
    w.click(w.find(mine ? QStringLiteral("keepMine") : QStringLiteral("takeTheirs")));
    QTRY_VERIFY(!dialog->property("visible").toBool());
    QTRY_COMPARE(w.text(1, Name), mine ? QStringLiteral("my apple") : QStringLiteral("their apple"));
    if (mine) {
        w.press(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!w.model->isDirty());
    }
    QCOMPARE(w.value(name), mine ? QStringLiteral("my apple") : QStringLiteral("their apple"));
}

void tst_QuickWindow::relation()
{
    MATRIX_SERVER(live);
    Window w(live);
    w.schema.must(QStringLiteral("CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(40))"));
    w.schema.must(QStringLiteral("INSERT INTO customers VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Margaret')"));
    w.schema.must(
        QStringLiteral("CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, FOREIGN KEY (customer_id) "
                       "REFERENCES customers (id))"));
    w.schema.must(QStringLiteral("INSERT INTO orders VALUES (10, 1), (11, 2)"));
    QVERIFY(w.open(QStringLiteral("orders")));
    QTRY_COMPARE(w.text(0, 1), QStringLiteral("Ada"));
    w.click(w.cell(0, 1));
    w.press(Qt::Key_F2);
    w.write(QStringLiteral("arg"));
    QObject *list = nullptr;
    QTRY_VERIFY((list = w.window->findChild<QObject *>(QStringLiteral("lookupList"))) != nullptr);
    QTRY_COMPARE(list->property("count").toInt(), 1);
    w.press(Qt::Key_Return);
    QCOMPARE(w.model->index(0, 1).data(Qt::EditRole).toInt(), 3);
    w.press(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(w.value(QStringLiteral("SELECT customer_id FROM orders WHERE id = 10")),
                 QStringLiteral("3"));
}

void tst_QuickWindow::lightAndDark()
{
    MATRIX_SERVER(live);
    Window w(live);
    QVERIFY(w.open(QStringLiteral("fruit")));
    const auto lightness
        = [&] { return w.window->grabWindow().pixelColor(w.window->width() - 60, 400).lightness(); };
    QVERIFY2(lightness() > 200, qPrintable(QString::number(lightness())));
    w.press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY2(lightness() < 60, qPrintable(QString::number(lightness())));
}

QTEST_MAIN(tst_QuickWindow)
#include "tst_quickwindow.moc"
