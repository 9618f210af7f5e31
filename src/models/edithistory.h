// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/row.h>

#include <QtCore/QList>
#include <QtCore/QVariant>

namespace QAsyncMySql::Internal {

//! What was edited, to be undone and done again.
class EditHistory
{
public:
    struct Cell
    {
        int column = -1;
        QVariant before;
        QVariant after;
    };
    struct Step
    {
        enum class Kind : quint8
        {
            Cells, // of one row
            Insert, // of a row that was not written yet
            Remove, // marked to be removed
        };
        Kind kind = Kind::Cells;
        quint64 newRow = 0; // its number, or 0 for a row of the table
        QByteArray key; // of a row of the table
        Row row; // as it was last known
        qint64 position = -1;
        QList<Cell> cells;
    };

    void record(const Step &step)
    {
        m_steps.resize(m_done);
        m_steps.append(step);
        ++m_done;
    }
    bool canUndo() const noexcept { return m_done > 0; }
    bool canRedo() const noexcept { return m_done < m_steps.size(); }
    Step undo() { return m_steps.at(--m_done); }
    Step redo() { return m_steps.at(m_done++); }
    void clear()
    {
        m_steps.clear();
        m_done = 0;
    }
    //! A row was written: it has \a key now.
    void rowWritten(const QByteArray &oldKey, const QByteArray &key, const Row &row)
    {
        for (Step &step : m_steps) {
            if (!step.key.isEmpty() && step.key == oldKey) {
                step.key = key;
                step.row = row;
            }
        }
    }
    //! Steps of rows that came or went on the server cannot be taken back, nor can those before them.
    void forgetRows() { clear(); }

private:
    QList<Step> m_steps;
    qsizetype m_done = 0;
};

} // namespace QAsyncMySql::Internal
