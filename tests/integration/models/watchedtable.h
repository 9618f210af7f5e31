// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "scratchschema.h"

#include <QAsyncMySql/tablemodel.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>

//! A table model that is watched all the time.
class WatchedTable : public QAsyncMySql::TableModel
{
public:
    explicit WatchedTable(ScratchSchema &schema)
        : m_tester(this, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        setPool(&schema.pool);
    }
    //! Selects, and waits for the end of counting.
    bool selectAll()
    {
        select();
        return QTest::qWaitFor(
                   [this] {
                       return status() == QAsyncMySql::TableModel::Status::Failed
                           || (status() == QAsyncMySql::TableModel::Status::Ready && !isCounting());
                   },
                   60'000)
            && status() == QAsyncMySql::TableModel::Status::Ready;
    }
    //! The cell once its row has arrived.
    QString cell(int row, int column)
    {
        const QModelIndex index = this->index(row, column);
        index.data(); // asks for it
        if (!QTest::qWaitFor([this, row] { return isLoaded(row); }, 30'000))
            return QStringLiteral("(has not arrived: %1)").arg(errorString());
        return index.data().toString();
    }
    //! The key of every row in order, page by page.
    QStringList walk(int column)
    {
        QStringList all;
        for (int row = 0; row < rowCount(); ++row)
            all.append(cell(row, column));
        return all;
    }

private:
    QAbstractItemModelTester m_tester;
};
