// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"

#include <QtCore/QObject>

#include <mutex>

namespace QAsyncMySql::Internal {

/*!
    Calls a function in the thread of its context object, which is the one that makes this, while the
    operation lives in another. Not called once the context has been destroyed.
*/
template <class T> class RelayedCompletion final : public Completion<T>
{
public:
    using Callback = std::function<void(const Result<T> &)>;

    RelayedCompletion(QObject *context, Callback callback)
        : m_shared(std::make_shared<Shared>())
    {
        m_shared->callback = std::move(callback);
        if (context)
            m_shared->relay = new Relay(context, m_shared);
    }
    void complete(const Result<T> &result) override
    {
        const std::lock_guard lock(m_shared->mutex);
        if (!m_shared->relay)
            return;
        QMetaObject::invokeMethod(
            m_shared->relay,
            [relay = m_shared->relay, shared = m_shared, result] {
                relay->deleteLater(); // before the call, in which the context may be destroyed
                std::exchange(shared->callback, nullptr)(result);
            },
            Qt::QueuedConnection);
    }
    bool isAbandoned() const override
    {
        const std::lock_guard lock(m_shared->mutex);
        return !m_shared->relay;
    }

private:
    class Relay;
    struct Shared
    {
        std::mutex mutex; // of relay
        Relay *relay = nullptr; // lives with the context
        Callback callback; // used in the context's thread
    };
    class Relay final : public QObject
    {
    public:
        Relay(QObject *context, std::shared_ptr<Shared> shared)
            : QObject(context)
            , m_shared(std::move(shared))
        {
        }
        ~Relay() override
        {
            const std::lock_guard lock(m_shared->mutex);
            m_shared->relay = nullptr;
        }

    private:
        std::shared_ptr<Shared> m_shared;
    };

    std::shared_ptr<Shared> m_shared;
};

} // namespace QAsyncMySql::Internal
