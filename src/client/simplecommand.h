// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "protocol/simpleexchange.h"

#include <QtCore/QStringList>

#include <deque>
#include <functional>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    Exchanges that are each answered by OK: ping, USE, or a reset with what must follow it. Those that do
    not need the answer of the one before are sent together. After an ERR none is begun any more.
*/
class SimpleCommand : public Command
{
public:
    using Completer = std::unique_ptr<Completion<void>>;

    static std::unique_ptr<SimpleCommand> ping(Completer completion);
    static std::unique_ptr<SimpleCommand> useDatabase(const QString &schema, Completer completion);
    //! Resets the session, then brings back what the options ask for.
    static std::unique_ptr<SimpleCommand> reset(Completer completion)
    {
        return resetThen({}, std::move(completion));
    }
    //! The same, with \a statement (SET ROLE, for which a reset does nothing) after it.
    static std::unique_ptr<SimpleCommand> resetThen(const QByteArray &statement, Completer completion);
    //! Runs \a statements, the last of which begins a transaction; refused inside of one.
    static std::unique_ptr<SimpleCommand> beginTransaction(const QStringList &statements,
                                                           Completer completion);
    //! Runs \a start, which begins a transaction of XA that \a undo would end.
    static std::unique_ptr<SimpleCommand> beginXa(const QString &start, const QStringList &undo,
                                                  Completer completion);
    //! Runs \a sql, a statement that gives no rows; \a success is called when it has gone well.
    static std::unique_ptr<SimpleCommand> statement(const QByteArray &sql, std::function<void()> success,
                                                    Completer completion);
    ~SimpleCommand() override;

    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    void fail(const Error &error) override
    {
        // What the server has said of an earlier step says more than the loss behind it.
        m_result = m_result ? error : m_result.error().withConnectionLost();
    }
    void stopped(const Error &error) override;
    Error failure() const override { return m_result.error(); }
    Error::Outcome outcomeIfLost() const override
    {
        // All others change the session alone, and that is gone.
        return m_kind == Kind::Statement ? Error::Outcome::Unknown : Error::Outcome::NotExecuted;
    }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    //! Of what begins a transaction of XA, unless that was taken back: XaState is to know.
    QString sql() const override { return m_undo == Undo::Done ? QString() : m_sql; }
    void deliver() override { m_completion->complete(m_result); }

private:
    enum class Kind : quint8
    {
        Ping,
        UseDatabase,
        Reset,
        BeginTransaction,
        BeginXa,
        Statement
    };
    enum class Undo : quint8
    {
        None,
        UnderWay,
        Failed,
        Done
    };

    SimpleCommand(Kind kind, Completer completion);
    using Exchange = std::unique_ptr<Protocol::CheckedExchange>;
    struct Step
    {
        std::function<Exchange(CommandContext &)> make; // may give none
        bool waits = false; // for the answers of those before
    };

    void beginNext(CommandContext &context);
    bool beginsSomething() const { return m_kind == Kind::BeginTransaction || m_kind == Kind::BeginXa; }
    bool mustUndo(const CommandContext &context) const;
    void undo(CommandContext &context);

    std::deque<Exchange> m_underWay;
    std::vector<Step> m_steps;
    std::function<void()> m_success;
    size_t m_nextStep = 0;
    QStringList m_undoStatements;
    QString m_sql;
    int m_undoRounds = 0;
    Undo m_undo = Undo::None;
    Completer m_completion;
    Result<void> m_result;
    QByteArray m_schema;
    Kind m_kind;
};

/*!
    Makes what stands for a transaction out of its begin. Through it a plain future of \a Begun that is
    cancelled is noticed before the transaction is there.
*/
template <class Begun> class BegunCompletion final : public ForwardingCompletion<void, Begun>
{
public:
    BegunCompletion(std::shared_ptr<Completion<Begun>> inner, std::function<void(const Result<void> &)> begun)
        : ForwardingCompletion<void, Begun>(std::move(inner))
        , m_begun(std::move(begun))
    {
    }
    void complete(const Result<void> &result) override { m_begun(result); }

private:
    std::function<void(const Result<void> &)> m_begun;
};

//! COM_QUIT: the last command of a connection.
class QuitCommand final : public Command
{
public:
    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &) override { return Next::Done; }
    void fail(const Error &) override { }
    void stopped(const Error &) override { }
    Error failure() const override { return {}; }
    bool isFarewell() const override { return true; }
    void deliver() override { }

private:
    Protocol::QuitExchange m_exchange;
};

} // namespace QAsyncMySql::Internal
