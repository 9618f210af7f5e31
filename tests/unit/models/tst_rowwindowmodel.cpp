// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "longtable.h"

#include <QAsyncMySql/rowwindowselection.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>
#include <optional>

using namespace QAsyncMySql;
using Fatal = QAbstractItemModelTester::FailureReportingMode;

namespace {

// Rows that come, go and move; each has a number of its own.
class NumberTable : public QAbstractTableModel
{
public:
    explicit NumberTable(int rows) { renew(rows); }

    const QList<int> &numbers() const { return m_numbers; }
    bool fetches = false; // there is more to fetch

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_numbers.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : m_columns;
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(m_numbers.at(index.row())) : QVariant();
    }
    bool insertRows(int row, int count, const QModelIndex & = {}) override
    {
        beginInsertRows({}, row, row + count - 1);
        for (int i = 0; i < count; ++i)
            m_numbers.insert(row + i, m_next++);
        endInsertRows();
        return true;
    }
    bool removeRows(int row, int count, const QModelIndex & = {}) override
    {
        beginRemoveRows({}, row, row + count - 1);
        m_numbers.remove(row, count);
        endRemoveRows();
        return true;
    }
    void moveOne(int from, int to)
    {
        if (!beginMoveRows({}, from, from, {}, to > from ? to + 1 : to))
            return;
        m_numbers.move(from, to);
        endMoveRows();
    }
    void turn() // upside down
    {
        Q_EMIT layoutAboutToBeChanged();
        std::reverse(m_numbers.begin(), m_numbers.end());
        const QModelIndexList before = persistentIndexList();
        QModelIndexList now;
        for (const QModelIndex &index : before)
            now.append(this->index(rowCount() - 1 - index.row(), index.column()));
        changePersistentIndexList(before, now);
        Q_EMIT layoutChanged();
    }
    void change(int row) { Q_EMIT dataChanged(index(row, 0), index(row, m_columns - 1)); }
    void renew(int rows)
    {
        beginResetModel();
        m_numbers.clear();
        for (int i = 0; i < rows; ++i)
            m_numbers.append(m_next++);
        endResetModel();
    }
    void addColumn()
    {
        beginInsertColumns({}, m_columns, m_columns);
        ++m_columns;
        endInsertColumns();
    }
    void removeColumn()
    {
        beginRemoveColumns({}, m_columns - 1, m_columns - 1);
        --m_columns;
        endRemoveColumns();
    }
    bool canFetchMore(const QModelIndex &) const override { return fetches; }

private:
    QList<int> m_numbers;
    int m_columns = 2;
    int m_next = 0;
};

// A window that is watched all the time.
struct Window
{
    RowWindowModel model;
    std::optional<QAbstractItemModelTester> tester;

    explicit Window(QAbstractItemModel *source, int size = RowWindowModel::LeastSize)
    {
        model.setSize(size);
        model.setSourceModel(source);
        tester.emplace(&model, Fatal::Fatal);
    }
    //! The cells of two columns, from one row to another.
    QModelIndexList cells(int first, int last) const
    {
        return sorted(QItemSelection(model.index(first, 0), model.index(last, 1)));
    }
    static QModelIndexList sorted(const QItemSelection &selection)
    {
        QModelIndexList cells = selection.indexes();
        std::sort(cells.begin(), cells.end());
        return cells;
    }
    QString text(int row, int column = 0) const { return model.index(row, column).data().toString(); }
};

} // namespace

class tst_RowWindowModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallTableIsShownWhole();
    void endOfLongTable();
    void movesWhenItsEndIsSeen();
    void bringsIn();
    void rowsThatCome();
    void rowsThatGo();
    void forwards();
    void persistentIndexes();
    void selectionComesBack();
    void selectionIsForgotten();
    void sourceIsDestroyed();
    void anyChange();
};

void tst_RowWindowModel::smallTableIsShownWhole()
{
    NumberTable source(50);
    Window window(&source);
    QCOMPARE(window.model.rowCount(), 50);
    QCOMPARE(window.model.columnCount(), 2);
    window.model.setFirst(20);
    QCOMPARE(window.model.first(), 0);
    source.insertRows(50, 10);
    QCOMPARE(window.model.rowCount(), 60);
    source.removeRows(0, 60);
    QCOMPARE(window.model.rowCount(), 0);
    // Headers are there without rows, too.
    QCOMPARE(window.model.headerData(1, Qt::Horizontal).toInt(), 2);
    QCOMPARE(window.model.bringIn(0), -1);
}

void tst_RowWindowModel::endOfLongTable()
{
    LongTable source;
    const int last = source.rowCount() - 1;
    Window window(&source, 5'000);
    QCOMPARE(window.model.rowCount(), 5'000);
    QCOMPARE(window.model.sourceRows(), last + 1);

    const int row = window.model.bringIn(last);
    QCOMPARE(row, 4'999);
    QCOMPARE(window.text(row, 2), LongTable::textOf(last, 2));
    QCOMPARE(window.model.sourceRow(row), last);
    QCOMPARE(window.model.sourceRow(row + 1), -1);
    QCOMPARE(window.model.windowRow(last), row);
    QCOMPARE(window.model.windowRow(0), -1);
    QCOMPARE(window.model.headerData(row, Qt::Vertical).toInt(),
             source.headerData(last, Qt::Vertical).toInt());

    // What is edited here is edited there.
    QSignalSpy changed(&window.model, &QAbstractItemModel::dataChanged);
    QVERIFY(window.model.setData(window.model.index(row, 1), QStringLiteral("mine")));
    QCOMPARE(source.index(last, 1).data().toString(), QStringLiteral("mine"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex(), window.model.index(row, 1));
    source.setData(source.index(0, 0), QStringLiteral("out of sight"));
    QCOMPARE(changed.size(), 1);

    window.model.setFirst(-5);
    QCOMPARE(window.text(0), LongTable::textOf(0, 0).replace(0, 4, QStringLiteral("out of sight")));
    window.model.setFirst(std::numeric_limits<int>::max());
    QCOMPARE(window.model.first(), last + 1 - 5'000);
}

void tst_RowWindowModel::movesWhenItsEndIsSeen()
{
    LongTable source;
    Window window(&source);
    QSignalSpy moved(&window.model, &RowWindowModel::moved);
    window.model.follow(400, 420);
    window.model.follow(0, 20); // the beginning of the source: there is nothing before
    QCoreApplication::processEvents();
    QCOMPARE(moved.size(), 0);
    window.model.follow(880, 900);
    QCOMPARE(moved.size(), 0); // not while the view works
    QTRY_COMPARE(moved.size(), 1);
    QCOMPARE(moved.first().first().toInt(), 390);
    QCOMPARE(window.model.first(), 390);
    QCOMPARE(window.text(490), LongTable::textOf(880, 0));
    // The view has come back before the event loop.
    window.model.follow(880, 900);
    window.model.follow(500, 520);
    QCoreApplication::processEvents();
    QCOMPARE(moved.size(), 1);
    window.model.follow(10, 30);
    QTRY_COMPARE(moved.size(), 2);
    QCOMPARE(window.model.first(), 0);
    QCOMPARE(moved.last().first().toInt(), -390);
}

void tst_RowWindowModel::bringsIn()
{
    LongTable source;
    Window window(&source);
    QSignalSpy moved(&window.model, &RowWindowModel::moved);
    QCOMPARE(window.model.bringIn(500), 500);
    QCOMPARE(moved.size(), 0);
    QCOMPARE(window.model.bringIn(1'000'000), 500);
    QCOMPARE(window.model.bringIn(1'000'300), 800);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(window.model.bringIn(1'000'400), 500); // too near the end
    QCOMPARE(moved.size(), 2);
    QCOMPARE(window.model.bringIn(-1), -1);
    QCOMPARE(window.model.bringIn(source.rowCount() - 1), 999);
    QCOMPARE(window.model.bringIn(0), 0);
}

void tst_RowWindowModel::rowsThatCome()
{
    NumberTable source(3'000);
    Window window(&source);
    window.model.setFirst(1'000);
    const QString seen = window.text(0);
    QSignalSpy moved(&window.model, &RowWindowModel::moved);

    source.insertRows(10, 5); // before
    QCOMPARE(window.model.first(), 1'005);
    QCOMPARE(window.text(0), seen);
    source.insertRows(1'005, 5); // just before
    QCOMPARE(window.model.first(), 1'010);
    QCOMPARE(window.text(0), seen);
    source.insertRows(3'010, 5); // behind
    QCOMPARE(window.model.rowCount(), 1'000);
    const QModelIndex last = window.model.index(999, 0);
    const QString lastText = last.data().toString();
    source.insertRows(1'510, 3); // in the middle: three go at the end
    QCOMPARE(window.model.rowCount(), 1'000);
    QCOMPARE(window.text(0), seen);
    QVERIFY(window.text(999) != lastText);
    source.insertRows(2'000, 2'000); // more than there is room
    QCOMPARE(window.model.rowCount(), 1'000);
    QCOMPARE(window.text(0), seen);
    QCOMPARE(moved.size(), 0);
}

void tst_RowWindowModel::rowsThatGo()
{
    NumberTable source(3'000);
    Window window(&source);
    window.model.setFirst(1'000);
    QSignalSpy moved(&window.model, &RowWindowModel::moved);
    const QString tenth = window.text(10);
    source.removeRows(0, 500); // before
    QCOMPARE(window.model.first(), 500);
    QCOMPARE(window.text(10), tenth);
    source.removeRows(495, 10); // on both sides of its beginning
    QCOMPARE(window.model.first(), 495);
    QCOMPARE(window.text(5), tenth);
    QCOMPARE(window.model.rowCount(), 1'000);
    QCOMPARE(moved.size(), 0);
    // All behind goes, and some within: rows come in from before.
    const QString seen = window.text(300);
    source.removeRows(1'000, source.rowCount() - 1'000);
    QCOMPARE(window.model.rowCount(), 1'000);
    QCOMPARE(window.model.first(), 0);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(window.text(300 - moved.first().first().toInt()), seen);
    source.removeRows(0, 1'000);
    QCOMPARE(window.model.rowCount(), 0);
}

void tst_RowWindowModel::forwards()
{
    NumberTable source(3'000);
    Window window(&source);
    window.model.setFirst(1'000);
    source.fetches = true;
    QVERIFY(!window.model.canFetchMore({})); // the view is not at the end
    window.model.setFirst(2'000);
    QVERIFY(window.model.canFetchMore({}));

    QVERIFY(window.model.removeRows(999, 1));
    QCOMPARE(source.rowCount(), 2'999);
    QVERIFY(window.model.insertRows(1'000, 1));
    QCOMPARE(source.rowCount(), 3'000);
    QVERIFY(!window.model.removeRows(999, 2));
    source.addColumn();
    QCOMPARE(window.model.columnCount(), 3);
    source.removeColumn();
    QCOMPARE(window.model.columnCount(), 2);
    QSignalSpy rows(&window.model, &QAbstractItemModel::modelReset);
    source.renew(40);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(window.model.rowCount(), 40);
    QCOMPARE(window.model.first(), 0);
}

void tst_RowWindowModel::persistentIndexes()
{
    NumberTable source(3'000);
    Window window(&source);
    window.model.setFirst(500);
    const QPersistentModelIndex kept(window.model.index(900, 1));
    const QPersistentModelIndex lost(window.model.index(100, 0));
    const QVariant value = kept.data();
    window.model.setFirst(1'200);
    QCOMPARE(kept.row(), 200);
    QCOMPARE(kept.data(), value);
    QVERIFY(!lost.isValid());
    source.turn();
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data(), value);
    source.moveOne(int(source.numbers().indexOf(value.toInt())), 1'700);
    QCOMPARE(kept.row(), 500);
    QCOMPARE(kept.data(), value);
}

void tst_RowWindowModel::selectionComesBack()
{
    LongTable source;
    Window window(&source);
    RowWindowSelection selection(&window.model);
    const auto range = [&window](int first, int last) {
        return QItemSelection(window.model.index(first, 0), window.model.index(last, 1));
    };
    selection.select(range(100, 200), QItemSelectionModel::Select);
    selection.setCurrentIndex(window.model.index(150, 1), QItemSelectionModel::NoUpdate);
    window.model.setFirst(150);
    QCOMPARE(Window::sorted(selection.selection()), window.cells(0, 50));
    QCOMPARE(selection.currentIndex(), window.model.index(0, 1));

    window.model.setFirst(2'000'000'000);
    QVERIFY(!selection.hasSelection());
    QVERIFY(!selection.currentIndex().isValid());
    QCOMPARE(selection.sourceCurrent(), source.index(150, 1));
    selection.select(range(999, 999), QItemSelectionModel::Select); // added
    const QItemSelection all = selection.sourceSelection();
    QCOMPARE(all.indexes().size(), 2 * (101 + 1));
    QVERIFY(all.contains(source.index(200, 0)));
    QVERIFY(!all.contains(source.index(201, 0)));
    QVERIFY(all.contains(source.index(2'000'000'999, 1)));

    window.model.setFirst(0);
    QCOMPARE(Window::sorted(selection.selection()), window.cells(100, 200));
    QCOMPARE(selection.currentIndex(), window.model.index(150, 1));
    // What is deselected here does not come back.
    selection.select(range(100, 149), QItemSelectionModel::Deselect);
    window.model.setFirst(2'000'000'000);
    QCOMPARE(Window::sorted(selection.selection()), window.cells(999, 999));
    window.model.setFirst(0);
    QCOMPARE(Window::sorted(selection.selection()), window.cells(150, 200));
}

void tst_RowWindowModel::selectionIsForgotten()
{
    LongTable source;
    Window window(&source);
    RowWindowSelection selection(&window.model);
    selection.select(window.model.index(5, 0), QItemSelectionModel::Select);
    window.model.setFirst(10'000);
    // Anything else, as by a click.
    selection.select(window.model.index(5, 0), QItemSelectionModel::ClearAndSelect);
    QCOMPARE(selection.sourceSelection().indexes(), QModelIndexList{source.index(10'005, 0)});
    window.model.setFirst(0);
    QVERIFY(!selection.hasSelection());
    selection.setCurrentIndex(window.model.index(5, 0), QItemSelectionModel::Select);
    window.model.setFirst(10'000);
    selection.clear();
    QVERIFY(!selection.sourceCurrent().isValid());
    window.model.setFirst(0);
    QVERIFY(!selection.hasSelection());
    QVERIFY(!selection.currentIndex().isValid());
    // Another source: nothing is left of the one before.
    selection.select(window.model.index(5, 0), QItemSelectionModel::Select);
    window.model.setFirst(10'000);
    LongTable other;
    window.model.setSourceModel(&other);
    QVERIFY(selection.sourceSelection().isEmpty());
    window.model.setSourceModel(nullptr);
    QVERIFY(selection.sourceSelection().isEmpty());
}

void tst_RowWindowModel::sourceIsDestroyed()
{
    auto source = std::make_unique<NumberTable>(3'000);
    Window window(source.get());
    RowWindowSelection selection(&window.model);
    selection.select(window.model.index(5, 0), QItemSelectionModel::Select);
    window.model.setFirst(1'500);
    window.model.follow(990, 999);
    source.reset();
    QCOMPARE(window.model.rowCount(), 0);
    QCOMPARE(window.model.sourceRows(), 0);
    QVERIFY(selection.sourceSelection().isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(window.model.first(), 0);
}

// Against what it should be, as rows come, go and move, and the window moves.
void tst_RowWindowModel::anyChange()
{
    QRandomGenerator random(20260);
    NumberTable source(2'500);
    Window window(&source);
    RowWindowModel &model = window.model;
    const auto below = [&random](int limit) { return random.bounded(std::max(1, limit)); };
    // Persistent indexes with the numbers they are of.
    QList<std::pair<QPersistentModelIndex, int>> kept;
    int seenFirst = -1; // a row that is seen
    int seenNumber = -1;
    connect(&model, &RowWindowModel::aboutToMove, &model, [&] {
        seenFirst = below(model.rowCount());
        seenNumber = model.rowCount() > 0 ? model.index(seenFirst, 0).data().toInt() : -1;
    });
    connect(&model, &RowWindowModel::moved, &model, [&](int rows) {
        const int row = seenFirst - rows;
        if (row >= 0 && row < model.rowCount())
            QCOMPARE(model.index(row, 0).data().toInt(), seenNumber);
    });
    for (int step = 0; step < 3'000; ++step) {
        const int rows = source.rowCount();
        switch (below(10)) {
        case 0:
        case 1:
            source.insertRows(below(rows + 1), 1 + below(step % 50 == 0 ? 1'500 : 20));
            break;
        case 2:
        case 3:
            if (rows > 0) {
                const int first = below(rows);
                source.removeRows(first, 1 + below(std::min(step % 50 == 1 ? 1'500 : 20, rows - first)));
            }
            break;
        case 4:
            if (rows > 1)
                source.moveOne(below(rows), below(rows));
            break;
        case 5:
            if (step % 10 == 0)
                source.turn();
            break;
        case 6:
            if (step % 40 == 0) {
                source.renew(below(4'000));
                kept.clear();
            } else if (rows > 0) {
                source.change(below(rows));
            }
            break;
        case 7:
            model.setFirst(below(rows));
            break;
        case 8:
            model.bringIn(below(rows));
            break;
        default:
            if (model.rowCount() > 0) {
                const QModelIndex index = model.index(below(model.rowCount()), below(2));
                kept.append({QPersistentModelIndex(index), index.data().toInt()});
            }
            break;
        }
        QCOMPARE(model.sourceRows(), source.rowCount());
        QCOMPARE(model.rowCount(), std::min(model.size(), source.rowCount()));
        QVERIFY(model.first() >= 0 && model.first() + model.rowCount() <= source.rowCount());
        for (int row = step % 7; row < model.rowCount(); row += 7)
            QCOMPARE(model.index(row, 0).data().toInt(), source.numbers().at(model.first() + row));
        kept.removeIf([](const auto &entry) { return !entry.first.isValid(); });
        for (const auto &[index, number] : std::as_const(kept))
            QCOMPARE(index.data().toInt(), number);
    }
}

QTEST_GUILESS_MAIN(tst_RowWindowModel)
#include "tst_rowwindowmodel.moc"
