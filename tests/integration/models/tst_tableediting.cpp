// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "editedtable.h"

#include <QtGui/QUndoGroup>
#include <QtGui/QUndoStack>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using CellState = TableModel::CellState;
using RowState = TableModel::RowState;
using Strategy = TableModel::EditStrategy;

class tst_TableEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onFieldChange_data() { ServerMatrix::addRows(); }
    void onFieldChange();
    void onRowChange_data() { ServerMatrix::addRows(); }
    void onRowChange();
    void onManualSubmit_data() { ServerMatrix::addRows(); }
    void onManualSubmit();
    void allOrNothing_data() { ServerMatrix::addRows(); }
    void allOrNothing();
    void inserts_data() { ServerMatrix::addRows(); }
    void inserts();
    void removes_data() { ServerMatrix::addRows(); }
    void removes();
    void removesWhatIsBeingWritten_data() { ServerMatrix::addRows(); }
    void removesWhatIsBeingWritten();
    void insertsAndRemovesTogether_data() { ServerMatrix::addRows(); }
    void insertsAndRemovesTogether();
    void undoAndRedo_data() { ServerMatrix::addRows(); }
    void undoAndRedo();
    void undoStack_data() { ServerMatrix::addRows(); }
    void undoStack();
    void undoStackEndsInTheMiddle_data() { ServerMatrix::addRows(); }
    void undoStackEndsInTheMiddle();
    void rules_data() { ServerMatrix::addRows(); }
    void rules();
    void staysWhileSortedAndScrolled_data() { ServerMatrix::addRows(); }
    void staysWhileSortedAndScrolled();
};

void tst_TableEditing::onFieldChange()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QVERIFY(model.isEditable());
    QVERIFY(model.flags(model.index(3, Name)).testFlag(Qt::ItemIsEditable));
    QSignalSpy submitted(&model, &TableModel::submitted);
    QVERIFY(model.setData(model.index(3, Name), QStringLiteral("it's new")));
    QCOMPARE(model.index(3, Name).data().toString(), QStringLiteral("it's new"));
    QCOMPARE(stateOf(model, 3, Name), CellState::Pending);
    QCOMPARE(stateOf(model, 3, Amount), CellState::Clean);
    QCOMPARE(model.index(3, Name).data(TableModel::BaseValueRole).toString(), QStringLiteral("name 4"));
    QVERIFY(model.isDirty());
    QVERIFY(submitted.wait(10'000));
    QVERIFY(!submitted.first().first().value<Error>().isError());
    QCOMPARE(stateOf(model, 3, Name), CellState::Clean);
    QVERIFY(!model.isDirty());
    QCOMPARE(model.index(3, Changed).data().toString(), QStringLiteral("1")); // what the trigger did
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 4")), QStringLiteral("it's new"));
    // NULL, and edits while one is being written.
    QVERIFY(model.setData(model.index(3, Amount), QVariant()));
    QVERIFY(model.setData(model.index(3, Name), QStringLiteral("second")));
    QVERIFY(model.setData(model.index(3, Name), QStringLiteral("third")));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT CONCAT(name, ' ', amount IS NULL) FROM t WHERE id = 4")),
             QStringLiteral("third 1"));
    QVERIFY(model.index(3, Amount).data(QueryModel::IsNullRole).toBool());
    // The key itself.
    QVERIFY(model.setData(model.index(5, Id), 600));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QCOMPARE(model.index(5, Id).data().toInt(), 600);
    QVERIFY(model.setData(model.index(5, Name), QStringLiteral("moved")));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 600")), QStringLiteral("moved"));
    // What the server refuses stays, with its reason.
    QSignalSpy failed(&model, &TableModel::writeFailed);
    QVERIFY(model.setData(model.index(0, Id), 2));
    QVERIFY(failed.wait(10'000));
    QCOMPARE(failed.first().at(0).toInt(), 0);
    QCOMPARE(failed.first().at(1).value<Error>().code(), 1062);
    QCOMPARE(stateOf(model, 0, Id), CellState::Failed);
    QVERIFY(!model.index(0, Id).data(TableModel::ErrorRole).toString().isEmpty());
    model.revertRow(0);
    QCOMPARE(model.index(0, Id).data().toInt(), 1);
    QCOMPARE(stateOf(model, 0, Id), CellState::Clean);
}

void tst_TableEditing::onRowChange()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnRowChange);
    QVERIFY(model.selectAll());
    QVERIFY(model.setData(model.index(1, Name), QStringLiteral("a")));
    QVERIFY(model.setData(model.index(1, Amount), QStringLiteral("12.50")));
    QTest::qWait(30);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 2")), QStringLiteral("name 2"));
    QVERIFY(model.setData(model.index(2, Name), QStringLiteral("b"))); // the row before is written
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(model, 1, Name), CellState::Clean, 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT CONCAT(name, amount, changed) FROM t WHERE id = 2")),
             QStringLiteral("a12.501")); // in one statement
    QCOMPARE(stateOf(model, 2, Name), CellState::Dirty);
    QVERIFY(model.submit());
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 3")), QStringLiteral("b"));
    QVERIFY(model.setData(model.index(4, Name), QStringLiteral("no")));
    model.revert();
    QVERIFY(!model.isDirty());
    QCOMPARE(model.index(4, Name).data().toString(), QStringLiteral("name 5"));
}

void tst_TableEditing::onManualSubmit()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.selectAll());
    QSignalSpy submitted(&model, &TableModel::submitted);
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("first")));
    QVERIFY(model.setData(model.index(1, Name), QStringLiteral("second")));
    QVERIFY(model.removeRows(2, 1));
    QCOMPARE(rowStateOf(model, 2), RowState::Removed);
    QVERIFY(model.insertRows(model.rowCount(), 1));
    QCOMPARE(model.rowCount(), 21);
    QCOMPARE(rowStateOf(model, 20), RowState::New);
    QVERIFY(model.setData(model.index(20, Name), QStringLiteral("newest")));
    QVERIFY(model.submit()); // what views call has no effect
    QTest::qWait(30);
    QVERIFY(submitted.isEmpty());
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QVERIFY2(!submitted.first().first().value<Error>().isError(),
             qPrintable(submitted.first().first().value<Error>().toString()));
    QVERIFY(!model.isDirty());
    QCOMPARE(model.rowCount(), 20); // one gone, one come
    QCOMPARE(model.index(2, Id).data().toInt(), 4);
    QCOMPARE(model.index(19, Name).data().toString(), QStringLiteral("newest"));
    QCOMPARE(model.index(19, Id).data().toInt(), 21);
    QCOMPARE(onServer(schema,
                      QStringLiteral("SELECT GROUP_CONCAT(name ORDER BY id) FROM t WHERE id < 5 OR id > 20")),
             QStringLiteral("first,second,name 4,newest"));
    model.refresh(); // the new row is in the table now, and not shown twice
    QTRY_VERIFY_WITH_TIMEOUT(!model.isCounting(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 20, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.cell(19, Name), QStringLiteral("newest"), 10'000);
}

void tst_TableEditing::allOrNothing()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.selectAll());
    QSignalSpy submitted(&model, &TableModel::submitted);
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("fine")));
    QVERIFY(model.setData(model.index(1, Id), 9)); // is there already
    QVERIFY(model.setData(model.index(2, Name), QStringLiteral("fine too")));
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QCOMPARE(submitted.first().first().value<Error>().code(), 1062);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT SUM(changed) FROM t")), QStringLiteral("0"));
    QCOMPARE(stateOf(model, 0, Name), CellState::Dirty);
    QCOMPARE(stateOf(model, 1, Id), CellState::Failed);
    QCOMPARE(stateOf(model, 2, Name), CellState::Dirty);
    QVERIFY(model.setData(model.index(1, Id), 99));
    submitted.clear();
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QVERIFY(!submitted.first().first().value<Error>().isError());
    QCOMPARE(onServer(schema, QStringLiteral("SELECT SUM(changed) FROM t")), QStringLiteral("3"));
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("x")));
    QVERIFY(model.setData(model.index(5, Name), QStringLiteral("y")));
    QVERIFY(model.insertRows(model.rowCount(), 2));
    model.revertAll();
    QVERIFY(!model.isDirty());
    QCOMPARE(model.rowCount(), 20);
    QCOMPARE(model.index(0, Name).data().toString(), QStringLiteral("fine"));
}

void tst_TableEditing::inserts()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QVERIFY(!model.insertRows(0, 1)); // only at the end
    QVERIFY(model.insertRows(20, 1));
    QCOMPARE(stateOf(model, 20, Name), CellState::Clean);
    QVERIFY(model.index(20, Kind).data(QueryModel::IsNullRole).toBool());
    QVERIFY(model.setData(model.index(20, Name), QStringLiteral("made")));
    QTest::qWait(20);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM t")),
             QStringLiteral("20")); // not left yet
    QVERIFY(model.submit());
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(model.index(20, Id).data().toInt(), 21); // made by the server
    QCOMPARE(model.index(20, Kind).data().toString(), QStringLiteral("plain"));
    QCOMPARE(model.index(20, Twice).data().toString(), QStringLiteral("14"));
    QCOMPARE(rowStateOf(model, 20), RowState::Clean);
    // It is a row like others now.
    QVERIFY(model.setData(model.index(20, Name), QStringLiteral("changed")));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 21")), QStringLiteral("changed"));
    QVERIFY(model.removeRows(20, 1));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 20, 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM t WHERE id = 21")), QStringLiteral("0"));
    // A row that lacks what must be there stays, and is written once it is complete.
    QSignalSpy failed(&model, &TableModel::writeFailed);
    QVERIFY(model.insertRows(20, 1));
    QVERIFY(model.setData(model.index(20, Amount), 3));
    QVERIFY(model.submit());
    QVERIFY(failed.wait(10'000));
    QCOMPARE(stateOf(model, 20, Amount), CellState::Failed);
    QVERIFY(model.setData(model.index(20, Name), QStringLiteral("complete")));
    QVERIFY(model.submit());
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(model.index(20, Amount).data().toString(), QStringLiteral("3.00"));
}

void tst_TableEditing::removes()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema, 1000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1000, 10'000);
    model.walk(Id);
    QStringList expected;
    for (int id = 1; id <= 1000; ++id)
        expected.append(QString::number(id));
    for (const int row : {999, 0, 255, 256, 500, 700, 3}) {
        QCOMPARE(model.cell(row, Id), expected.at(row));
        QVERIFY(model.removeRows(row, 1));
        expected.removeAt(row);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), int(expected.size()), 10'000);
    }
    QVERIFY(model.cell(10, Id) == expected.at(10) && model.cell(12, Id) == expected.at(12));
    QVERIFY(model.removeRows(10, 3));
    for (int i = 0; i < 3; ++i)
        expected.removeAt(10);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), int(expected.size()), 10'000);
    QCOMPARE(model.walk(Id), expected);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM t")), QString::number(expected.size()));
}

// Who removes a row while it is being written wants it gone: the write is not taken for the removal.
void tst_TableEditing::removesWhatIsBeingWritten()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QVERIFY(model.setData(model.index(4, Name), QStringLiteral("doomed")));
    QCOMPARE(stateOf(model, 4, Name), CellState::Pending);
    QVERIFY(model.removeRows(4, 1));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 19, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM t WHERE id = 5")), QStringLiteral("0"));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM t")), QStringLiteral("19"));
    // By submitAll(), too.
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.setData(model.index(7, Name), QStringLiteral("doomed")));
    model.submitAll();
    QVERIFY(model.removeRows(7, 1));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isSubmitting(), 10'000);
    model.submitAll();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 18, 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM t")), QStringLiteral("18"));
}

// Rows that were made stand at the end; those that are read again behind a removal must not show them once
// more.
void tst_TableEditing::insertsAndRemovesTogether()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema, 600);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.selectAll());
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 600, 10'000);
    QStringList expected = model.walk(Id);
    QVERIFY(model.insertRows(600, 1));
    QVERIFY(model.setData(model.index(600, Name), QStringLiteral("made")));
    QVERIFY(model.removeRows(3, 1));
    QSignalSpy submitted(&model, &TableModel::submitted);
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QVERIFY(!submitted.first().first().value<Error>().isError());
    expected.removeAt(3);
    expected.append(QStringLiteral("601"));
    // Until the refresh is through, a count of the server's rows may have it twice.
    QTRY_COMPARE_WITH_TIMEOUT(model.walk(Id), expected, 10'000);
    // The removal may come later, too.
    QVERIFY(model.insertRows(600, 1));
    QVERIFY(model.setData(model.index(600, Name), QStringLiteral("made")));
    submitted.clear();
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QVERIFY(model.removeRows(5, 1));
    submitted.clear();
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    expected.removeAt(5);
    expected.append(QStringLiteral("602"));
    QTRY_COMPARE_WITH_TIMEOUT(model.walk(Id), expected, 10'000);
}

void tst_TableEditing::undoAndRedo()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.selectAll());
    QVERIFY(!model.canUndo() && !model.canRedo());
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("one")));
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("two")));
    QVERIFY(model.removeRows(1, 1));
    QVERIFY(model.insertRows(20, 1));
    QVERIFY(model.setData(model.index(20, Name), QStringLiteral("new")));
    QVERIFY(model.canUndo());
    model.undo();
    QVERIFY(model.index(20, Name).data().toString().isEmpty());
    model.undo();
    QCOMPARE(model.rowCount(), 20);
    model.undo();
    QCOMPARE(rowStateOf(model, 1), RowState::Clean);
    model.undo();
    QCOMPARE(model.index(0, Name).data().toString(), QStringLiteral("one"));
    model.undo();
    QCOMPARE(model.index(0, Name).data().toString(), QStringLiteral("name 1"));
    QVERIFY(!model.isDirty());
    QVERIFY(!model.canUndo());
    model.redo();
    model.redo();
    QCOMPARE(model.index(0, Name).data().toString(), QStringLiteral("two"));
    // What was written is taken back by writing again.
    model.revertAll();
    model.setEditStrategy(Strategy::OnFieldChange);
    QVERIFY(model.setData(model.index(4, Name), QStringLiteral("written")));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    model.undo();
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 5")), QStringLiteral("name 5"));
    model.redo();
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 5")), QStringLiteral("written"));
}

// What a program does with the stack itself: actions, groups, macros, and jumps as those of a QUndoView.
void tst_TableEditing::undoStack()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.selectAll());
    QUndoStack *stack = model.undoStack();
    QUndoGroup group;
    group.addStack(stack);
    group.setActiveStack(stack);
    QSignalSpy undoText(&group, &QUndoGroup::undoTextChanged);
    QSignalSpy told(&model, &TableModel::editingChanged);
    const auto name = [&model](int row) { return model.index(row, Name).data().toString(); };

    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("one")));
    QCOMPARE(undoText.last().first().toString(), QStringLiteral("Edit name"));
    QVERIFY(model.removeRows(1, 1));
    QCOMPARE(stack->undoText(), QStringLiteral("Delete row"));
    QVERIFY(model.insertRows(20, 1));
    QCOMPARE(stack->text(2), QStringLiteral("Insert row"));
    QCOMPARE(stack->count(), 3);
    QVERIFY(!stack->isClean());

    told.clear();
    group.undo();
    QCOMPARE(model.rowCount(), 20);
    QCOMPARE(told.size(), 1);
    QVERIFY(model.canRedo());
    stack->setIndex(0); // a click into the view
    QCOMPARE(name(0), QStringLiteral("name 1"));
    QCOMPARE(rowStateOf(model, 1), RowState::Clean);
    QVERIFY(!model.isDirty() && stack->isClean() && !model.canUndo());
    stack->setIndex(2);
    QCOMPARE(name(0), QStringLiteral("one"));
    QCOMPARE(rowStateOf(model, 1), RowState::Removed);
    group.undo();

    stack->beginMacro(QStringLiteral("Rename"));
    for (int row = 2; row < 5; ++row)
        QVERIFY(model.setData(model.index(row, Name), QStringLiteral("all")));
    stack->endMacro();
    QCOMPARE(stack->count(), 2);
    stack->undo();
    QCOMPARE(name(3), QStringLiteral("name 4"));
    stack->redo();
    QCOMPARE(name(3), QStringLiteral("all"));

    // Written: clean. What is taken back then is written again.
    model.submitAll();
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QVERIFY(stack->isClean() && model.canUndo());
    stack->undo();
    QVERIFY(model.isDirty() && !stack->isClean());
    model.submitAll();
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT GROUP_CONCAT(name ORDER BY id) FROM t WHERE id < 5")),
             QStringLiteral("one,name 2,name 3,name 4"));
    // A row that is gone on the server cannot be taken back, nor what was before.
    QVERIFY(model.removeRows(1, 1));
    model.submitAll();
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty() && !model.isSubmitting(), 10'000);
    QCOMPARE(stack->count(), 0);
}

// Slots that run while a command does may have the steps forgotten, or end the model.
void tst_TableEditing::undoStackEndsInTheMiddle()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    {
        WatchedTable model(schema);
        model.setTable(QStringLiteral("t"));
        model.setEditStrategy(Strategy::OnManualSubmit);
        QVERIFY(model.selectAll());
        QVERIFY(model.setData(model.index(0, Name), QStringLiteral("one")));
        QVERIFY(model.setData(model.index(1, Name), QStringLiteral("two")));
        QObject context;
        connect(&model, &QAbstractItemModel::dataChanged, &context, [&model, once = false]() mutable {
            if (std::exchange(once, true))
                return;
            model.undo(); // of itself: nothing
            model.revertAll();
        });
        model.undoStack()->undo();
        QVERIFY(!model.isDirty());
        QCOMPARE(model.undoStack()->count(), 0);
    }
    for (const bool byStack : {true, false}) {
        auto model = std::make_unique<WatchedTable>(schema);
        model->setTable(QStringLiteral("t"));
        model->setEditStrategy(Strategy::OnManualSubmit);
        QVERIFY(model->selectAll());
        QVERIFY(model->setData(model->index(0, Name), QStringLiteral("one")));
        connect(model.get(), &TableModel::editingChanged, this, [&model] { model.reset(); });
        if (byStack)
            model->undoStack()->undo();
        else
            model->setData(model->index(1, Name), QStringLiteral("two"));
        QVERIFY(!model);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

void tst_TableEditing::rules()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QSignalSpy refused(&model, &TableModel::editRefused);
    const std::pair<int, QVariant> wrong[] = {
        {Name, QVariant()},
        {Name, QString(21, u'x')},
        {Amount, QStringLiteral("a lot")},
        {Kind, QStringLiteral("strange")},
        {Twice, 5},
        {IdCopy, QStringLiteral("3000000000")},
        {IdCopy, QStringLiteral("1.5")},
        {Changed, QString()},
    };
    int count = 0;
    for (const auto &[column, value] : wrong) {
        QVERIFY2(!model.setData(model.index(0, column), value), qPrintable(value.toString()));
        QCOMPARE(refused.size(), ++count);
        QVERIFY(!refused.last().at(1).toString().isEmpty());
        QCOMPARE(model.refusal(column, value), refused.last().at(1).toString());
    }
    QVERIFY(!model.isDirty());
    QVERIFY(!model.flags(model.index(0, Twice)).testFlag(Qt::ItemIsEditable));
    QCOMPARE(model.index(0, Kind).data(TableModel::ChoicesRole).toStringList(),
             QStringList({QStringLiteral("plain"), QStringLiteral("odd")}));
    QVERIFY(model.refusal(Name, QString(20, u'ä')).isEmpty());
    QVERIFY(model.refusal(Amount, QVariant()).isEmpty());
    QVERIFY(model.refusal(Id, QVariant()).isEmpty()); // the server makes one
    // Tables without a key are not edited.
    schema.must(QStringLiteral("CREATE TABLE keyless (n INT)"));
    schema.must(QStringLiteral("INSERT INTO keyless VALUES (1)"));
    WatchedTable other(schema);
    other.setTable(QStringLiteral("keyless"));
    QVERIFY(other.selectAll());
    QVERIFY(!other.isEditable());
    QVERIFY(!other.setData(other.index(0, 0), 5));
    QVERIFY(!other.insertRows(1, 1));
    QVERIFY(!other.removeRows(0, 1));
}

void tst_TableEditing::staysWhileSortedAndScrolled()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema, 1000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    model.setMemoryLimit(1); // a page is gone as soon as another comes
    QVERIFY(model.selectAll());
    QVERIFY(model.setData(model.index(3, Name), QStringLiteral("edited")));
    QCOMPARE(model.cell(900, Id), QStringLiteral("901"));
    model.sort(Id, Qt::DescendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1000, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.cell(996, Name), QStringLiteral("edited"), 10'000);
    QCOMPARE(stateOf(model, 996, Name), CellState::Dirty);
    QCOMPARE(model.cell(0, Id), QStringLiteral("1000"));
    QSignalSpy submitted(&model, &TableModel::submitted);
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QVERIFY(!submitted.first().first().value<Error>().isError());
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 4")), QStringLiteral("edited"));
    QTRY_COMPARE_WITH_TIMEOUT(model.cell(996, Name), QStringLiteral("edited"), 10'000);
    QVERIFY(!model.isDirty());
}

QTEST_GUILESS_MAIN(tst_TableEditing)
#include "tst_tableediting.moc"
