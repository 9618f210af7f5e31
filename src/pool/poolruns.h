// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/cursorcore.h"

#include <QAsyncMySql/pool.h>

#include <memory>

namespace QAsyncMySql::Internal {

//! A statement for which a connection is to be borrowed: run when the lease comes, which goes back with its
//! end.
class StatementRun final : public Completion<Lease>
{
public:
    StatementRun(StatementRequest request, std::unique_ptr<Completion<ResultSet>> completion);
    void complete(const Result<Lease> &lease) override;
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_completion->onCancel(std::move(cancel)); }
    bool runsUserCode() const override { return false; }

private:
    StatementRequest m_request;
    std::unique_ptr<Completion<ResultSet>> m_completion;
};

//! The same for a cursor.
class CursorRun final : public Completion<Lease>
{
public:
    CursorRun(StatementRequest request, std::shared_ptr<CursorCore> cursor);
    void complete(const Result<Lease> &lease) override;
    bool isAbandoned() const override { return m_cursor->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_cursor->onCancel = std::move(cancel); }
    bool runsUserCode() const override { return false; }

private:
    StatementRequest m_request;
    std::shared_ptr<CursorCore> m_cursor;
};

//! The same for a transaction, with which the lease is held.
class TransactionBegin final : public Completion<Lease>
{
public:
    TransactionBegin(const TransactionOptions &options, std::unique_ptr<Completion<Transaction>> completion);
    void complete(const Result<Lease> &lease) override;
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_completion->onCancel(std::move(cancel)); }
    // Of a failure the program hears at once.
    bool runsUserCode() const override { return true; }

private:
    TransactionOptions m_options;
    std::unique_ptr<Completion<Transaction>> m_completion;
};

} // namespace QAsyncMySql::Internal
