// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of TableEditor that writes rows.

#include "models/tableeditor.h"
#include "models/tablemodelcore.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

void TableEditor::startBatch(std::vector<quint64> ids, bool transaction)
{
    std::erase_if(ids, [this](quint64 id) {
        const RowEdit *edit = byId(id);
        // What is edited of a row that is being written follows it.
        return !edit || edit->isClean() || edit->state == CellState::Conflict;
    });
    if (!m_batch.empty()) {
        // One batch at a time.
        if (!m_transaction && !transaction)
            m_batch.insert(m_batch.end(), ids.begin(), ids.end());
        else
            m_again = true;
        return;
    }
    if (ids.empty())
        return;
    m_batch = std::move(ids);
    m_next = 0;
    m_transaction = transaction;
    m_done.clear();
    m_firstError = Error();
    m_channel.setPool(m_core->pool);
    if (m_core->connection)
        m_channel.setConnection(m_core->connection);
    if (!transaction) {
        next();
        return;
    }
    m_channel.setHeld(true);
    m_channel.run(QStringLiteral("START TRANSACTION"), {}, [this](const Result<ResultSet> &result) {
        if (result)
            next();
        else
            endBatch(result.error());
    });
}

void TableEditor::next()
{
    while (m_next < m_batch.size()) {
        const quint64 id = m_batch[m_next++];
        const RowEdit *edit = byId(id);
        if (edit && !edit->isClean() && edit->state != CellState::Conflict) {
            write(id);
            return;
        }
    }
    if (m_transaction)
        endTransaction();
    else
        endBatch(m_firstError);
}

void TableEditor::write(quint64 id)
{
    RowEdit *edit = byId(id);
    const RowWriter rows = writer();
    const Result<SqlFragment> statement = rows.write(*edit);
    if (!statement) {
        RowOutcome outcome;
        outcome.error = statement.error();
        rowFailed(id, outcome);
        return;
    }
    // Pages that are read while rows go would tell of the row a second time.
    if (edit->removed)
        m_core->setPaused(true);
    edit->state = CellState::Pending;
    edit->error = Error();
    edit->sent = edit->values;
    const RowEdit asSent = *edit;
    if (!tellRow(*edit))
        return;
    writeRow(m_channel, rows, asSent, *statement, [this, id](const RowOutcome &outcome) {
        if (!byId(id))
            next();
        else if (outcome.error.isError())
            rowFailed(id, outcome);
        else
            rowDone(id, outcome);
    });
}

void TableEditor::rowDone(quint64 id, const RowOutcome &outcome)
{
    if (m_transaction) {
        m_done.emplace_back(id, outcome); // final with the COMMIT only
        next();
        return;
    }
    const QPointer<TableEditor> self(this);
    finish(id, outcome.fresh, outcome.removed);
    if (self)
        next();
}

void TableEditor::rowFailed(quint64 id, const RowOutcome &outcome)
{
    RowEdit *edit = byId(id);
    const Error reason = outcome.error;
    if (!m_firstError.isError())
        m_firstError = reason;
    const QPointer<TableEditor> self(this);
    if (edit) {
        outcome.failIn(*edit);
        if (!tellRow(*edit))
            return;
        edit = byId(id);
        const int row = edit ? rowOf(*edit) : -1;
        if (outcome.conflict)
            Q_EMIT m_model->conflictFound(row);
        else
            Q_EMIT m_model->writeFailed(row, reason);
        if (!self)
            return;
    }
    if (m_transaction)
        endTransaction();
    else if (reason.isConnectionLost())
        endBatch(reason);
    else
        next();
}

void TableEditor::endTransaction()
{
    if (m_firstError.isError()) {
        m_channel.run(QStringLiteral("ROLLBACK"), {}, [this](const Result<ResultSet> &) {
            endBatch(m_firstError); // a connection that cannot roll back is closed, which does
        });
        return;
    }
    m_channel.run(QStringLiteral("COMMIT"), {}, [this](const Result<ResultSet> &result) {
        if (!result) {
            endBatch(result.error());
            return;
        }
        const QPointer<TableEditor> self(this);
        std::vector<std::pair<quint64, RowOutcome>> done;
        done.swap(m_done);
        for (const auto &[id, outcome] : done) {
            finish(id, outcome.fresh, outcome.removed);
            if (!self)
                return;
        }
        endBatch(Error());
    });
}

// The row is on the server as \a fresh says, or is gone from it. What was edited since it was sent stays so.
void TableEditor::finish(quint64 id, const RowBatch &fresh, bool removed)
{
    RowEdit *edit = byId(id);
    if (!edit)
        return;
    const QPointer<TableEditor> self(this);
    const int row = rowOf(*edit);
    if (removed) {
        m_history.forget();
        edit = self ? byId(id) : nullptr;
        if (!edit)
            return;
        if (edit->isNew) {
            removeNewRow(id);
            return;
        }
        drop(id);
        m_readAgain = true;
        if (row >= 0)
            m_core->rowRemoved(row);
        return;
    }
    const bool insert = edit->isNew && !edit->base.isValid();
    edit->written(fresh.isEmpty() ? Row() : fresh.at(0));
    if (fresh.isEmpty()) {
        if (insert) {
            removeNewRow(id);
            if (self)
                m_core->refresh();
        }
        return;
    }
    const QByteArray oldKey = edit->key;
    edit->key = writer().keyOf(edit->base);
    m_byKey.remove(oldKey);
    m_byKey.insert(edit->key, id);
    if (insert) {
        m_history.forget();
        edit = self ? byId(id) : nullptr;
        if (!edit)
            return;
    } else {
        m_history.rowWritten(oldKey, edit->key, edit->base);
    }
    if (!edit->isNew && row >= 0)
        m_core->pages().replaceRow(TablePages::pageOf(row), row % TablePages::PageRows, fresh);
    edit->position = row;
    if (!tellRow(*edit))
        return;
    edit = byId(id);
    if (edit && edit->isClean() && !edit->isNew)
        drop(id);
}

void TableEditor::endBatch(const Error &error)
{
    const QPointer<TableEditor> self(this);
    m_channel.setHeld(false);
    m_core->setPaused(false);
    std::vector<quint64> batch;
    batch.swap(m_batch);
    m_done.clear();
    m_next = 0;
    const bool transaction = std::exchange(m_transaction, false);
    // What was not written, or was rolled back, is edited still.
    for (const quint64 id : batch) {
        RowEdit *edit = byId(id);
        if (!edit || edit->state != CellState::Pending)
            continue;
        edit->state = CellState::Dirty;
        edit->sent.clear();
        if (transaction && error.outcome() == Error::Outcome::Unknown) {
            edit->state = CellState::Failed;
            edit->error = error;
            edit->uncertain = true;
        }
        if (!tellRow(*edit))
            return;
    }
    // What is read again behind a row that is gone may be a row that was made here, and stands at the end
    // still.
    const auto isWritten = [this](quint64 id) { return byId(id)->base.isValid(); };
    const bool twice
        = std::exchange(m_readAgain, false) && std::any_of(m_newRows.begin(), m_newRows.end(), isWritten);
    if (!error.isError() && !isDirty())
        m_history.written();
    if (!self)
        return;
    Q_EMIT m_model->submitted(error);
    if (!self)
        return;
    tellEditing();
    if (self && twice)
        m_core->refresh();
    if (self && std::exchange(m_again, false) && m_batch.empty() && !error.isError())
        submitRows(false);
}

} // namespace QAsyncMySql::Internal
