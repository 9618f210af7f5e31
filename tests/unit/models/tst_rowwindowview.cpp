// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "longtable.h"

#include <QAsyncMySql/rowwindowscrollbar.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>

using namespace QAsyncMySql;

Q_DECLARE_METATYPE(QAbstractItemView::ScrollMode)

namespace {

// A view of a table that is too long for it.
struct View
{
    LongTable source;
    RowWindowModel window;
    QAbstractItemModelTester tester{&window, QAbstractItemModelTester::FailureReportingMode::Fatal};
    QTableView view;
    RowWindowScrollBar *bar = nullptr;

    explicit View(QAbstractItemView::ScrollMode mode = QAbstractItemView::ScrollPerPixel,
                  int rows = 2'000'000'000)
        : source(rows)
    {
        window.setSourceModel(&source);
        view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        view.verticalHeader()->setDefaultSectionSize(30);
        view.setVerticalScrollMode(mode);
        view.setModel(&window);
        bar = new RowWindowScrollBar(&view);
        view.resize(500, 400);
        view.show();
    }
    bool isShown() { return QTest::qWaitForWindowExposed(&view); }
    //! The row of the source at the top of the view, and at its bottom.
    int top() const { return window.sourceRow(view.rowAt(0)); }
    int bottom() const { return window.sourceRow(view.rowAt(view.viewport()->height() - 1)); }
    QString textAt(int y) const { return view.indexAt(QPoint(5, y)).data().toString(); }
    void wheel(int notches)
    {
        const QPointF place = view.viewport()->rect().center();
        QWheelEvent event(place, view.viewport()->mapToGlobal(place), {}, QPoint(0, -120 * notches),
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &event);
    }
};

} // namespace

class tst_RowWindowView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainViewEnds();
    void lastRowAndBack_data();
    void lastRowAndBack();
    void wheelGoesOn();
    void keys();
    void keysFollowTheCurrentRow();
    void editsTheLastRow();
    void editorIsCommitted();
    void selectionComesBack();
    void shortTable();
    void rowsComeAndGo();
};

// Why there is a window: the header of a view counts pixels in an int.
void tst_RowWindowView::plainViewEnds()
{
    QHeaderView header(Qt::Vertical);
    header.setSectionResizeMode(QHeaderView::Fixed);
    header.setDefaultSectionSize(2'000);
    LongTable source(1'100'000); // 2.2 * 10^9 pixels
    header.setModel(&source);
    QVERIFY(header.sectionPosition(source.rowCount() - 1) < 0);
    RowWindowModel window;
    window.setSourceModel(&source);
    header.setModel(&window);
    QCOMPARE(header.sectionPosition(window.bringIn(source.rowCount() - 1)), 2'000 * 99'999);
}

void tst_RowWindowView::lastRowAndBack_data()
{
    QTest::addColumn<QAbstractItemView::ScrollMode>("mode");
    QTest::newRow("per pixel") << QAbstractItemView::ScrollPerPixel;
    QTest::newRow("per item") << QAbstractItemView::ScrollPerItem;
}

void tst_RowWindowView::lastRowAndBack()
{
    QFETCH(QAbstractItemView::ScrollMode, mode);
    View v(mode);
    QVERIFY(v.isShown());
    QVERIFY(v.bar->isVisible());
    const int last = v.source.rowCount() - 1;
    QVERIFY(v.bar->maximum() > last - 50 && v.bar->maximum() <= last);
    QCOMPARE(v.bar->geometry(), v.view.verticalScrollBar()->rect());

    v.bar->setValue(v.bar->maximum());
    QCOMPARE(v.bottom(), last);
    QCOMPARE(v.textAt(v.view.viewport()->height() - 2), LongTable::textOf(last, 0));
    QCOMPARE(v.bar->value(), v.bar->maximum());

    // Anywhere.
    for (const int row : {1'999'900'000, 1'234'567'890, 50'000, 99'999, 100'000, 3}) {
        v.bar->setValue(row);
        QCOMPARE(v.top(), row);
        QCOMPARE(v.bar->value(), row);
        QCoreApplication::processEvents(); // the window moves, and nothing is seen of it
        QCOMPARE(v.top(), row);
        QCOMPARE(v.bar->value(), row);
        QCOMPARE(v.textAt(2), LongTable::textOf(row, 0));
    }
    v.bar->setValue(0);
    QCOMPARE(v.top(), 0);
    // By the step, as by its arrows.
    v.bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    QCOMPARE(v.top(), 1);
    v.bar->triggerAction(QAbstractSlider::SliderToMaximum);
    QCOMPARE(v.bottom(), last);
    v.bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    QVERIFY(v.bottom() < last);
    QVERIFY(v.bottom() > last - 50);
}

// The wheel turns the view's own scroll bar, through several windows.
void tst_RowWindowView::wheelGoesOn()
{
    View v;
    v.window.setSize(RowWindowModel::LeastSize);
    QVERIFY(v.isShown());
    QSignalSpy moved(&v.window, &RowWindowModel::moved);
    int before = 0;
    int step = -1;
    for (int i = 0; i < 600; ++i) {
        v.wheel(1);
        QCoreApplication::processEvents();
        const int y = v.view.verticalHeader()->sectionViewportPosition(v.view.rowAt(0));
        const int place = v.top() * 30 - y; // pixels from the very top
        if (step < 0)
            step = place;
        QCOMPARE(place - before, step);
        QCOMPARE(v.bar->value(), v.top());
        before = place;
    }
    QVERIFY(moved.size() > 1);
    for (int i = 0; i < 600; ++i) {
        v.wheel(-1);
        QCoreApplication::processEvents();
    }
    QCOMPARE(v.top(), 0);
    QCOMPARE(v.bar->value(), 0);
}

void tst_RowWindowView::keys()
{
    View v;
    QVERIFY(v.isShown());
    const int last = v.source.rowCount() - 1;
    v.view.setCurrentIndex(v.window.index(0, 1));
    QTest::keyClick(&v.view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(v.window.sourceRow(v.view.currentIndex().row()), last);
    QCOMPARE(v.view.currentIndex().column(), LongTable::Columns - 1);
    QCOMPARE(v.bottom(), last);
    QTest::keyClick(&v.view, Qt::Key_PageUp);
    QVERIFY(v.window.sourceRow(v.view.currentIndex().row()) < last);
    QTest::keyClick(&v.view, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(v.window.sourceRow(v.view.currentIndex().row()), 0);
    QCOMPARE(v.top(), 0);
    QCOMPARE(v.bar->value(), 0);

    // Page by page through more than one window.
    v.window.setSize(RowWindowModel::LeastSize);
    v.view.setCurrentIndex(v.window.index(0, 0));
    int row = 0;
    for (int i = 0; i < 300; ++i) {
        QTest::keyClick(&v.view, Qt::Key_PageDown);
        QCoreApplication::processEvents();
        const int now = v.window.sourceRow(v.view.currentIndex().row());
        QVERIFY(now > row && now <= row + 20);
        QVERIFY(v.view.viewport()->rect().intersects(v.view.visualRect(v.view.currentIndex())));
        row = now;
    }
    QVERIFY(v.window.first() > 0);
}

// A key brings back what was current, as it would in any view.
void tst_RowWindowView::keysFollowTheCurrentRow()
{
    View v;
    QVERIFY(v.isShown());
    v.view.setCurrentIndex(v.window.index(7, 1));
    v.bar->setValue(1'500'000'000);
    QVERIFY(!v.view.currentIndex().isValid());
    QTest::keyClick(&v.view, Qt::Key_Down);
    QCOMPARE(v.window.sourceRow(v.view.currentIndex().row()), 8);
    QCOMPARE(v.view.currentIndex().column(), 1);
    QVERIFY(v.top() <= 8 && v.bottom() >= 8);
    // It comes back by scrolling, too, and the view stays where it is.
    v.bar->setValue(1'500'000'000);
    v.bar->setValue(5'000);
    QCOMPARE(v.top(), 5'000);
    QCOMPARE(v.window.sourceRow(v.view.currentIndex().row()), 8);
}

void tst_RowWindowView::editsTheLastRow()
{
    View v;
    QVERIFY(v.isShown());
    QTest::keyClick(&v.view, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(&v.view, Qt::Key_F2);
    auto *line = v.view.viewport()->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("the end"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(v.source.index(v.source.rowCount() - 1, LongTable::Columns - 1).data().toString(),
                 QStringLiteral("the end"));
}

void tst_RowWindowView::editorIsCommitted()
{
    View v;
    QVERIFY(v.isShown());
    v.view.setCurrentIndex(v.window.index(7, 1));
    v.view.edit(v.window.index(7, 1));
    auto *line = v.view.viewport()->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("typed"));
    v.bar->setValue(1'500'000'000);
    QCOMPARE(v.source.index(7, 1).data().toString(), QStringLiteral("typed"));
    QTRY_VERIFY(!v.view.viewport()->findChild<QLineEdit *>());
}

void tst_RowWindowView::selectionComesBack()
{
    View v;
    QVERIFY(v.isShown());
    v.view.setSelectionBehavior(QAbstractItemView::SelectRows);
    v.view.selectRow(5);
    auto *selection = qobject_cast<RowWindowSelection *>(v.view.selectionModel());
    QVERIFY(selection);
    v.bar->setValue(v.bar->maximum());
    QVERIFY(!selection->hasSelection());
    const QPoint place = v.view.visualRect(v.view.indexAt(QPoint(5, 100))).center();
    QTest::mouseClick(v.view.viewport(), Qt::LeftButton, Qt::ControlModifier, place);
    QCOMPARE(selection->sourceSelection().indexes().size(), 2 * LongTable::Columns);
    v.bar->setValue(0);
    QCOMPARE(selection->selectedRows().size(), 1);
    QCOMPARE(selection->selectedRows().first().row(), 5);
    QTest::mouseClick(v.view.viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(selection->sourceSelection().indexes().size(), LongTable::Columns);
}

// Where all rows fit, nothing is different.
void tst_RowWindowView::shortTable()
{
    View v(QAbstractItemView::ScrollPerPixel, 1'000);
    QVERIFY(v.isShown());
    QVERIFY(!v.bar->isVisible());
    QVERIFY(v.view.verticalScrollBar()->isVisible());
    v.view.scrollToBottom();
    QCOMPARE(v.bottom(), 999);
    // Of another model it does nothing.
    QTableView plain;
    plain.setModel(&v.source);
    RowWindowScrollBar bar(&plain);
    plain.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plain));
    QVERIFY(!bar.isVisible());
    bar.setValue(7);
    bar.goTo(3);
    QCOMPARE(plain.rowAt(0), 0);
}

void tst_RowWindowView::rowsComeAndGo()
{
    View v;
    QVERIFY(v.isShown());
    v.bar->setValue(v.bar->maximum());
    LongTable other(500'000);
    v.window.setSourceModel(&other);
    QVERIFY(v.bar->maximum() < 500'000);
    QTRY_COMPARE(v.top(), v.bar->value());
    v.bar->setValue(v.bar->maximum());
    QCOMPARE(v.bottom(), 499'999);
    LongTable few(20);
    v.window.setSourceModel(&few);
    QVERIFY(!v.bar->isVisible());
    v.window.setSourceModel(nullptr);
    QCOMPARE(v.bar->maximum(), 0);
}

QTEST_MAIN(tst_RowWindowView)
#include "tst_rowwindowview.moc"
