// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/migrations/schemastate.h"

#include <QAsyncMySql/migrations.h>

#include <QtCore/QPointer>

#include <coroutine>
#include <exception>

namespace QAsyncMySql::Internal {

/*!
    One run of migrations on a connection: a coroutine that goes on with each answer, and completes the reply
   at its end.

    The connection may go at any time: its replies then end with an Error, and so does the run.
*/
class MigrationRun
{
public:
    enum class Action : quint8
    {
        Migrate,
        Plan,
        Accept,
    };
    struct Settings
    {
        QList<Migration> migrations;
        QString table;
        std::chrono::seconds lockTimeout;
        bool driftAllowed;
        std::optional<qint64> target;
        bool acceptAsApplied;
    };

    static Reply<MigrationReport> start(Connection &connection, const Settings &settings, Action action);

private:
    //! A part of the run that is awaited by another: gives an error, or none.
    class Step
    {
    public:
        class promise_type
        {
        public:
            Step get_return_object()
            {
                return Step(std::coroutine_handle<promise_type>::from_promise(*this));
            }
            std::suspend_always initial_suspend() noexcept { return {}; }
            auto final_suspend() noexcept { return Last(); }
            void return_value(Error error) noexcept { m_error = std::move(error); }
            void unhandled_exception() noexcept { std::terminate(); }

        private:
            friend class Step;
            std::coroutine_handle<> m_waiter = std::noop_coroutine();
            Error m_error;
        };

        Step(Step &&other) noexcept
            : m_handle(std::exchange(other.m_handle, {}))
        {
        }
        Step &operator=(Step &&) = delete;
        ~Step()
        {
            if (m_handle)
                m_handle.destroy();
        }
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) noexcept
        {
            m_handle.promise().m_waiter = waiter;
            return m_handle;
        }
        Error await_resume() const { return m_handle.promise().m_error; }

    private:
        class Last
        {
        public:
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> handle) const noexcept
            {
                return handle.promise().m_waiter;
            }
            void await_resume() const noexcept { }
        };
        explicit Step(std::coroutine_handle<promise_type> handle) noexcept
            : m_handle(handle)
        {
        }
        std::coroutine_handle<promise_type> m_handle;
    };
    //! The whole run, which nobody awaits.
    class Run
    {
    public:
        class promise_type
        {
        public:
            Run get_return_object() noexcept { return Run(); }
            std::suspend_never initial_suspend() noexcept { return {}; }
            std::suspend_never final_suspend() noexcept { return {}; }
            void return_void() noexcept { }
            void unhandled_exception() noexcept { std::terminate(); }
        };
    };

    //! What the table has on a migration.
    struct Applied
    {
        qint64 version = 0;
        QString name;
        QString checksum;
        QByteArray schemaState;
        bool finished = false;
    };

    MigrationRun(Connection &connection, Settings settings, Action action);
    static Run go(std::unique_ptr<MigrationRun> self);
    Step perform();
    Step readHistory();
    Step readSchemaState();
    Step readTables();
    Step readPrograms();
    Step acceptState();
    Step takeStep(const MigrationReport::Step &step);
    Step finishStep(const MigrationReport::Step &step, qint64 milliseconds);
    Error checkHistory() const;
    Error checkDrift() const;
    Error makePlan();
    Error noWayBack(const Migration &migration) const;
    template <class... Args> Reply<ResultSet> execute(const QString &sql, const Args &...args)
    {
        return run(sql, makeParameters(args...));
    }
    Reply<ResultSet> run(const QString &sql, const Parameters &parameters);
    QString quotedTable() const;

    QPointer<Connection> m_connection;
    Settings m_settings;
    Action m_action;
    std::unique_ptr<PromiseCompletion<MigrationReport>> m_completion;
    Reply<ResultSet> m_current; // to be cancelled
    QList<Applied> m_applied;
    SchemaState m_schemaState;
    MigrationReport m_report;
    MigrationReport m_plan;
    bool m_locked = false;
    bool m_cancelled = false;
};

} // namespace QAsyncMySql::Internal
