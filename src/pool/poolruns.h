// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/cursorcore.h"
#include "client/operation.h"

#include <QAsyncMySql/pool.h>

#include <memory>

namespace QAsyncMySql::Internal {

//! An operation for which a connection is to be borrowed: started when the lease comes, which goes back
//! before the program hears how it ended.
class OperationRun final : public Completion<Lease>
{
public:
    explicit OperationRun(std::unique_ptr<Operation> operation);
    void complete(const Result<Lease> &lease) override;
    bool isAbandoned() const override { return m_operation->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_operation->onCancel(std::move(cancel)); }
    bool runsUserCode() const override { return false; }

private:
    std::unique_ptr<Operation> m_operation;
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

//! The same for what holds the lease for longer, such as a transaction: begun by a function.
template <class T> class LeasedBegin final : public Completion<Lease>
{
public:
    using Begin = std::function<void(const Lease &, std::unique_ptr<Completion<T>>)>;

    LeasedBegin(Begin begin, std::unique_ptr<Completion<T>> completion)
        : m_begin(std::move(begin))
        , m_completion(std::move(completion))
    {
    }
    void complete(const Result<Lease> &lease) override
    {
        if (lease)
            m_begin(*lease, std::move(m_completion));
        else
            m_completion->complete(lease.error());
    }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_completion->onCancel(std::move(cancel)); }
    // Of a failure the program hears at once.
    bool runsUserCode() const override { return true; }

private:
    Begin m_begin;
    std::unique_ptr<Completion<T>> m_completion;
};

} // namespace QAsyncMySql::Internal
