// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/row.h>

#include <QtCore/QList>
#include <QtCore/QVariant>

#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QUndoStack;
QT_END_NAMESPACE

namespace QAsyncMySql::Internal {

//! What was edited at once, to be undone and done again.
struct EditStep
{
    enum class Kind : quint8
    {
        Cells, // of one row
        Insert, // of a row that was not written yet
        Remove, // marked to be removed
    };
    struct Cell
    {
        int column = -1;
        QVariant before;
        QVariant after;
    };
    Kind kind = Kind::Cells;
    quint64 newRow = 0; // its number, or 0 for a row of the table
    QByteArray key; // of a row of the table
    Row row; // as it was last known
    qint64 position = -1;
    QList<Cell> cells;
};

/*!
    The steps of an editor as commands on a QUndoStack, which may be driven by anybody.

    User code runs while a command does, and may do anything: end the editor, or have the steps forgotten. The
    stack itself goes, and is emptied, only when none of its functions runs.
*/
class EditHistory
{
public:
    //! Does a step, or takes it back; false if there is nothing left to do it to.
    using Apply = std::function<bool(const EditStep &step, bool undone)>;
    //! \a changed is called when a step was done or taken back.
    EditHistory(Apply apply, std::function<void()> changed);
    ~EditHistory();
    EditHistory(const EditHistory &) = delete;
    EditHistory &operator=(const EditHistory &) = delete;

    QUndoStack *stack() const noexcept { return m_stack; }
    bool canUndo() const;
    bool canRedo() const;
    void undo();
    void redo();

    //! What has been done already. What is edited while a step is done or taken back is none of its own.
    void record(const EditStep &step, const QString &text);
    //! All was written: the stack is clean.
    void written();
    //! A row was written: it has \a key now.
    void rowWritten(const QByteArray &oldKey, const QByteArray &key, const Row &row);
    //! Rows came or went on the server, or were given up: that cannot be taken back, nor what was before.
    void forget();

private:
    class Command;
    class Inside;
    struct State;

    const std::shared_ptr<State> m_state; // commands have it, too
    QUndoStack *const m_stack;
};

} // namespace QAsyncMySql::Internal
