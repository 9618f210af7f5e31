// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of TableEditor that writes rows.

#include "models/tableeditor.h"
#include "models/tablemodelcore.h"

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
    RowEdit statementOf = *edit;
    statementOf.isNew = edit->isUnwritten();
    const Result<SqlFragment> statement = rows.write(statementOf);
    if (!statement) {
        rowFailed(id, statement.error(), Row(), false);
        return;
    }
    // Pages that are read while rows go would tell of the row a second time.
    if (edit->removed)
        m_core->setPaused(true);
    edit->state = CellState::Pending;
    edit->error = Error();
    edit->sent = edit->values;
    if (!tellRow(*edit))
        return;
    m_channel.run(statement->text, statement->values, [this, id](const Result<ResultSet> &result) {
        if (!result)
            rowFailed(id, result.error(), Row(), false);
        else
            written(id, *result);
    });
}

void TableEditor::written(quint64 id, const ResultSet &result)
{
    RowEdit *edit = byId(id);
    if (!edit)
        return next();
    const bool insert = edit->isUnwritten();
    if (edit->removed)
        result.affectedRows() > 0 ? rowDone(id, RowBatch()) : compare(id);
    else if (insert && !writer().knowsKeyOf(*edit, result.lastInsertId()))
        rowDone(id, RowBatch()); // it is there, and comes with the next refresh
    else if (insert || matchedRows(result) > 0)
        readBack(id, result.lastInsertId());
    else
        compare(id);
}

void TableEditor::readBack(quint64 id, quint64 lastInsertId)
{
    RowEdit asSent = *byId(id);
    asSent.values = asSent.sent;
    const SqlFragment query = writer().readBack(asSent, true, lastInsertId);
    m_channel.run(query.text, query.values, [this, id](const Result<ResultSet> &result) {
        if (!byId(id))
            next();
        else if (!result)
            rowFailed(id, result.error().withOutcome(Error::Outcome::Executed), Row(), false);
        else
            rowDone(id, result->rows());
    });
}

// No row was found as it was read: what has become of it?
void TableEditor::compare(quint64 id)
{
    RowEdit asRead = *byId(id);
    const SqlFragment query = writer().readBack(asRead, false, 0);
    m_channel.run(query.text, query.values, [this, id](const Result<ResultSet> &result) {
        RowEdit *edit = byId(id);
        if (!edit)
            return next();
        if (!result)
            return rowFailed(id, result.error(), Row(), false);
        if (result->isEmpty()) {
            // Who wanted it gone has what he wanted.
            return edit->removed ? rowDone(id, RowBatch()) : rowFailed(id, Error(), Row(), true);
        }
        const Row theirs = result->at(0);
        // The same values as mine are mine if those may have been written already; otherwise somebody else
        // has written them, who has not seen what I saw.
        bool same = edit->uncertain && !edit->removed && !edit->sent.isEmpty();
        for (auto value = edit->sent.cbegin(); same && value != edit->sent.cend(); ++value)
            same = sameValue(theirs.cell(value.key()), value.value());
        if (same)
            rowDone(id, result->rows());
        else
            rowFailed(id, Error(), theirs, true);
    });
}

void TableEditor::rowDone(quint64 id, const RowBatch &fresh)
{
    if (m_transaction) {
        m_done.emplace_back(id, fresh); // final with the COMMIT only
        next();
        return;
    }
    const QPointer<TableEditor> self(this);
    finish(id, fresh);
    if (self)
        next();
}

void TableEditor::rowFailed(quint64 id, const Error &error, const Row &theirs, bool conflict)
{
    RowEdit *edit = byId(id);
    Error reason = error;
    if (conflict) {
        reason = Error(Error::Kind::Usage,
                       theirs.isValid()
                           ? QStringLiteral("The row was changed by somebody else since it was read.")
                           : QStringLiteral("The row was deleted by somebody else since it was read."),
                       Error::Outcome::NotExecuted);
    }
    if (!m_firstError.isError())
        m_firstError = reason;
    const QPointer<TableEditor> self(this);
    if (edit) {
        edit->state = conflict ? CellState::Conflict : CellState::Failed;
        edit->error = reason;
        edit->uncertain = reason.outcome() == Error::Outcome::Unknown;
        edit->theirs = theirs;
        edit->sent.clear();
        if (!tellRow(*edit))
            return;
        edit = byId(id);
        const int row = edit ? rowOf(*edit) : -1;
        if (conflict)
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
        std::vector<std::pair<quint64, RowBatch>> done;
        done.swap(m_done);
        for (const auto &[id, fresh] : done) {
            finish(id, fresh);
            if (!self)
                return;
        }
        endBatch(Error());
    });
}

// The row is on the server as \a fresh says, or is gone from it.
void TableEditor::finish(quint64 id, const RowBatch &fresh)
{
    RowEdit *edit = byId(id);
    if (!edit)
        return;
    const QPointer<TableEditor> self(this);
    const int row = rowOf(*edit);
    if (edit->removed) {
        m_history.forgetRows();
        if (edit->isNew) {
            removeNewRow(id);
            return;
        }
        drop(id);
        if (row >= 0)
            m_core->rowRemoved(row);
        return;
    }
    const QHash<int, QVariant> sent = std::exchange(edit->sent, {});
    for (auto value = sent.cbegin(); value != sent.cend(); ++value) {
        if (edit->values.value(value.key()) == value.value())
            edit->values.remove(value.key());
    }
    edit->state = edit->values.isEmpty() ? CellState::Clean : CellState::Dirty;
    edit->remake = false;
    edit->uncertain = false;
    const bool insert = edit->isNew && !edit->base.isValid();
    if (fresh.isEmpty()) {
        if (insert) {
            removeNewRow(id);
            if (self)
                m_core->refresh();
        }
        return;
    }
    const QByteArray oldKey = edit->key;
    edit->base = fresh.at(0);
    edit->key = writer().keyOf(edit->base);
    m_byKey.remove(oldKey);
    m_byKey.insert(edit->key, id);
    if (insert)
        m_history.forgetRows();
    else
        m_history.rowWritten(oldKey, edit->key, edit->base);
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
    Q_EMIT m_model->submitted(error);
    if (!self)
        return;
    tellEditing();
    if (self && std::exchange(m_again, false) && m_batch.empty() && !error.isError())
        submitRows(false);
}

} // namespace QAsyncMySql::Internal
