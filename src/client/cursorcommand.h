// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/cursorcore.h"
#include "client/statementcommand.h"

namespace QAsyncMySql::Internal {

//! A statement whose rows go to a cursor as they come.
class CursorCommand final : public StatementCommand
{
public:
    CursorCommand(StatementRequest request, std::shared_ptr<CursorCore> cursor);
    ~CursorCommand() override;

    void fail(const Error &error) override;
    void stopped(const Error &error) override;
    Error failure() const override { return m_error; }
    void stopRequested() override { m_discard = true; }
    bool isAbandoned() const override { return m_cursor->isAbandoned(); }
    void sliceEnded() override;
    void deliver() override;

protected:
    void columns(QList<Column> &&columns, bool binary) override;
    bool row(QByteArrayView payload) override;
    qsizetype rows(const QByteArrayView *payloads, qsizetype count, bool &more) override;
    bool largeRow(ByteBuffer &&payload) override;
    void end(const Protocol::OkPacket &ok, bool hasColumns) override;
    void succeed() override { }
    void warned(const QList<Warning> &warnings) override;
    int fetchSize() const override { return options().fetchSize(); }
    bool hasRoom() const override { return m_cursor->hasRoom(); }

private:
    std::shared_ptr<CursorCore> m_cursor;
    QExplicitlySharedDataPointer<ResultSetData> m_lastResult; // whose warnings are being asked for
    Error m_error;
    bool m_discard = false;
    bool m_news = false;
};

} // namespace QAsyncMySql::Internal
