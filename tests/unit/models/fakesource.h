// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/cursorcore.h"
#include "client/eventport.h"
#include "models/querymodelcore.h"
#include "values/columndata.h"

#include <QtCore/QList>

#include <memory>

/*
    A statement whose rows the test sends: makes the cursors of a model, and feeds the newest of them as the
   command of a connection does.
*/
class FakeSource
{
public:
    FakeSource()
        : m_port(QAsyncMySql::Internal::EventPort::create({}))
    {
    }

    void attach(QAsyncMySql::QueryModel *model)
    {
        model->setQuery(QStringLiteral("SELECT"));
        QAsyncMySql::Internal::QueryModelCore::of(model)->source = [this] {
            m_core = std::make_shared<QAsyncMySql::Internal::CursorCore>(m_port);
            ++m_opened;
            m_sent = 0;
            return std::make_unique<QAsyncMySql::Cursor>(m_core);
        };
    }

    //! How many cursors were made.
    int opened() const { return m_opened; }
    //! The cursor of the last run was destroyed before the statement ended.
    bool isAbandoned() const { return m_core->isAbandoned(); }
    qsizetype window() const { return m_core->windowRows; }

    static QAsyncMySql::Column makeColumn(const QByteArray &name, QAsyncMySql::ColumnType type)
    {
        auto *data = new QAsyncMySql::ColumnData;
        data->name = name;
        data->type = type;
        // 45 is utf8mb4_general_ci; numbers come with 63.
        const bool text = type == QAsyncMySql::ColumnType::VarString;
        data->charset = text ? 45 : QAsyncMySql::Column::BinaryCharset;
        return QAsyncMySql::Column(data);
    }

    void sendColumns(const QList<QByteArray> &names = {"id", "name"})
    {
        if (isAbandoned())
            return;
        QList<QAsyncMySql::Column> columns;
        for (const QByteArray &name : names) {
            columns.append(makeColumn(name,
                                      columns.isEmpty() ? QAsyncMySql::ColumnType::LongLong
                                                        : QAsyncMySql::ColumnType::VarString));
        }
        m_columns = names.size();
        m_core->putColumns(std::move(columns), false);
        m_core->announce();
    }
    //! Rows "n", "row n", "row n" …, numbered on from those before.
    void sendRows(int count)
    {
        for (int i = 0; i < count && !isAbandoned(); ++i) {
            const QByteArray number = QByteArray::number(m_sent++);
            QByteArray row = text(number);
            for (qsizetype c = 1; c < m_columns; ++c)
                row += text("row " + number);
            m_core->putRow(row);
        }
        m_core->announce();
    }
    void sendNullRow()
    {
        if (isAbandoned())
            return;
        m_core->putRow(QByteArray(m_columns, char(0xfb)));
        m_core->announce();
    }
    void sendEnd(bool more = false)
    {
        if (isAbandoned())
            return;
        m_core->putEnd(QAsyncMySql::ResultSet(), more);
        if (!more)
            m_core->finish(QAsyncMySql::Error());
        m_core->announce();
    }
    void fail(const QString &message)
    {
        m_core->finish(QAsyncMySql::Error(QAsyncMySql::Error::Kind::Connection, message,
                                          QAsyncMySql::Error::Outcome::Unknown,
                                          QAsyncMySql::Error::Phase::Result));
    }

private:
    // A length-encoded string, of at most 250 bytes.
    static QByteArray text(const QByteArray &value) { return char(value.size()) + value; }

    std::shared_ptr<QAsyncMySql::Internal::EventPort> m_port;
    std::shared_ptr<QAsyncMySql::Internal::CursorCore> m_core;
    int m_opened = 0;
    int m_sent = 0;
    qsizetype m_columns = 0;
};
