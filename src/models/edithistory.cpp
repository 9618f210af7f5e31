// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/edithistory.h"

#include <QtCore/QMultiHash>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QUndoStack>

#include <utility>

namespace QAsyncMySql::Internal {

struct EditHistory::State
{
    Apply apply; // none: the editor is gone
    std::function<void()> changed;
    QMultiHash<QByteArray, Command *> commands; // by the key of their row
    bool recording = false;
    bool applying = false;
    bool quiet = false; // whoever made the change tells of it
    bool forgetLater = false;
    int depth = 0; // functions of the stack that run

    bool isBusy() const { return recording || applying; }
};

// For as long as a function of the stack, or a slot of its signals, runs.
class EditHistory::Inside
{
public:
    explicit Inside(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
        ++m_state->depth;
    }
    ~Inside() { --m_state->depth; }
    Q_DISABLE_COPY_MOVE(Inside)

private:
    const std::shared_ptr<State> m_state;
};

class EditHistory::Command : public QUndoCommand
{
public:
    Command(std::shared_ptr<State> state, const EditStep &what, const QString &text)
        : QUndoCommand(text)
        , step(what)
        , m_state(std::move(state))
    {
        m_state->commands.insert(step.key, this);
    }
    ~Command() override { m_state->commands.remove(step.key, this); }
    Q_DISABLE_COPY_MOVE(Command)

    void undo() override { perform(true); }
    void redo() override { perform(false); }

    EditStep step;

private:
    void perform(bool undone)
    {
        if (m_state->isBusy() || !m_state->apply)
            return; // it is being pushed, and was done before
        const std::shared_ptr<State> state = m_state;
        const Inside inside(state);
        const QScopedValueRollback<bool> applying(state->applying, true);
        const Apply apply = state->apply;
        if (!apply(step, undone))
            setObsolete(true);
    }

    const std::shared_ptr<State> m_state;
};

EditHistory::EditHistory(Apply apply, std::function<void()> changed)
    : m_state(std::make_shared<State>())
    , m_stack(new QUndoStack)
{
    m_state->apply = std::move(apply);
    m_state->changed = std::move(changed);
    QObject::connect(m_stack, &QUndoStack::indexChanged, m_stack, [state = m_state, stack = m_stack] {
        if (state->isBusy() || state->quiet || !state->changed)
            return;
        const Inside inside(state);
        if (std::exchange(state->forgetLater, false))
            stack->clear();
        const std::function<void()> tell = state->changed;
        tell();
    });
}

EditHistory::~EditHistory()
{
    m_state->apply = nullptr;
    m_state->changed = nullptr;
    if (m_state->depth > 0)
        m_stack->deleteLater(); // one of its functions called
    else
        delete m_stack;
}

bool EditHistory::canUndo() const
{
    return m_stack->canUndo();
}

bool EditHistory::canRedo() const
{
    return m_stack->canRedo();
}

void EditHistory::undo()
{
    if (!m_state->isBusy())
        m_stack->undo();
}

void EditHistory::redo()
{
    if (!m_state->isBusy())
        m_stack->redo();
}

void EditHistory::record(const EditStep &step, const QString &text)
{
    if (m_state->isBusy())
        return;
    const std::shared_ptr<State> state = m_state;
    {
        const Inside inside(state);
        const QScopedValueRollback<bool> recording(state->recording, true);
        m_stack->push(new Command(state, step, text));
    }
    if (state->apply && std::exchange(state->forgetLater, false))
        forget();
}

void EditHistory::written()
{
    if (m_state->isBusy())
        return;
    const Inside inside(m_state);
    m_stack->setClean();
}

void EditHistory::rowWritten(const QByteArray &oldKey, const QByteArray &key, const Row &row)
{
    if (oldKey.isEmpty())
        return;
    const QList<Command *> commands = m_state->commands.values(oldKey);
    for (Command *command : commands) {
        command->step.key = key;
        command->step.row = row;
    }
    if (key == oldKey)
        return;
    m_state->commands.remove(oldKey);
    for (Command *command : commands)
        m_state->commands.insert(key, command);
}

void EditHistory::forget()
{
    if (m_state->applying || m_state->recording) {
        m_state->forgetLater = true;
        return;
    }
    const std::shared_ptr<State> state = m_state;
    const Inside inside(state);
    const QScopedValueRollback<bool> quiet(state->quiet, true);
    m_stack->clear();
}

} // namespace QAsyncMySql::Internal
