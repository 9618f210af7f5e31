// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/connection.h>

#include "client/connectioncore.h"
#include "client/cursorcore.h"
#include "client/operation.h"
#include "client/preparecommand.h"
#include "client/sessionsetup.h"
#include "client/simplecommand.h"
#include "client/statisticscommand.h"
#include "client/transactioncore.h"
#include "client/warnings.h"
#include "client/xacore.h"

#include <QtCore/QEvent>

namespace QAsyncMySql {

namespace {

template <class T> std::unique_ptr<Internal::PromiseCompletion<T>> makeCompletion(Reply<T> &reply)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<T>>();
    reply = completion->reply();
    return completion;
}

//! Queues a command made of \a args and of what completes the reply, which cancels the command.
template <class Command, class T, class... Args>
Reply<T> enqueue(const std::shared_ptr<Internal::ConnectionCore> &core, Args &&...args)
{
    Reply<T> reply;
    auto completion = makeCompletion(reply);
    completion->onCancel(core->canceller());
    core->enqueue(std::make_unique<Command>(std::forward<Args>(args)..., std::move(completion)));
    return reply;
}

Reply<void> runSimple(
    const std::shared_ptr<Internal::ConnectionCore> &core,
    const std::function<std::unique_ptr<Internal::SimpleCommand>(std::unique_ptr<Internal::Completion<void>>)>
        &make)
{
    Reply<void> reply;
    auto completion = makeCompletion(reply);
    Internal::Completion<void> *raw = completion.get();
    auto command = make(std::move(completion));
    raw->onCancel(core->canceller());
    core->enqueue(std::move(command));
    return reply;
}

} // namespace

Connection::Connection(QObject *parent)
    : QObject(parent)
    , m_core(Internal::ConnectionCore::create(this))
{
}

Connection::~Connection()
{
    m_core->shutDown();
}

bool Connection::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange)
        m_core->leaveThread();
    return QObject::event(event);
}

Reply<void> Connection::open(const ConnectOptions &options)
{
    return open(options, nullptr);
}

Reply<void> Connection::open(const ConnectOptions &options, QIODevice *device)
{
    Reply<void> reply;
    m_core->open(options, device, makeCompletion(reply));
    return reply;
}

Reply<void> Connection::close()
{
    Reply<void> reply;
    m_core->close(makeCompletion(reply));
    return reply;
}

void Connection::abort()
{
    m_core->abort();
}

Connection::State Connection::state() const noexcept
{
    return m_core->state();
}

qsizetype Connection::pendingCommands() const noexcept
{
    return m_core->pendingCommands();
}

ConnectOptions Connection::options() const
{
    return m_core->askedOptions();
}

QString Connection::serverVersion() const
{
    return QString::fromUtf8(m_core->session().serverVersion);
}

int Connection::serverVersionNumber() const noexcept
{
    return m_core->session().versionNumber;
}

bool Connection::isMariaDb() const noexcept
{
    return m_core->session().isMariaDb;
}

quint64 Connection::connectionId() const noexcept
{
    return m_core->session().connectionId;
}

bool Connection::isEncrypted() const noexcept
{
    return isOpen() && m_core->session().encrypted;
}

QSslConfiguration Connection::sslConfiguration() const
{
    return m_core->tlsConfiguration();
}

QString Connection::currentDatabase() const
{
    return QString::fromUtf8(m_core->session().schema);
}

bool Connection::isInTransaction() const noexcept
{
    return isOpen() && (m_core->session().status & Protocol::Status::InTransaction);
}

Error Connection::lastError() const
{
    return m_core->lastError();
}

void Connection::startStatement(Internal::StatementRequest request,
                                std::unique_ptr<Internal::Completion<ResultSet>> completion)
{
    m_core->run(std::move(request), std::move(completion));
}

void Connection::startOperation(std::unique_ptr<Internal::Operation> operation)
{
    operation->start(*m_core, {});
}

std::shared_ptr<Internal::CursorCore> Connection::startCursor(Internal::StatementRequest request)
{
    auto cursor = std::make_shared<Internal::CursorCore>(m_core->port());
    m_core->runCursor(cursor, std::move(request));
    return cursor;
}

Reply<Transaction> Connection::begin(const TransactionOptions &options)
{
    Reply<Transaction> reply;
    Internal::TransactionCore::begin(m_core, this, options, {}, makeCompletion(reply));
    return reply;
}

Reply<XaTransaction> Connection::beginXa(const XaId &id)
{
    Reply<XaTransaction> reply;
    Internal::XaCore::begin(m_core, this, id, {}, makeCompletion(reply));
    return reply;
}

Reply<Statement> Connection::prepare(QAnyStringView sql)
{
    return enqueue<Internal::PrepareCommand, Statement>(
        m_core, std::make_shared<Internal::PreparedHandle>(m_core, sql.toString()));
}

Reply<QList<Warning>> Connection::warnings()
{
    Reply<QList<Warning>> reply;
    m_core->run(Internal::StatementRequest(StatementProtocol::Text,
                                           SqlStatement(QUtf8StringView(Internal::ShowWarnings))),
                std::make_unique<Internal::MappedCompletion<ResultSet, QList<Warning>>>(
                    makeCompletion(reply), [](const ResultSet &rows) {
                        return Result<QList<Warning>>(Internal::warningsFrom(rows));
                    }));
    return reply;
}

StatementCacheStatistics Connection::statementCacheStatistics() const noexcept
{
    return m_core->statements().statistics();
}

bool Connection::supportsQueryAttributes() const noexcept
{
    return isOpen() && m_core->session().has(Protocol::Capability::QueryAttributes);
}

Reply<void> Connection::ping()
{
    return runSimple(m_core, &Internal::SimpleCommand::ping);
}

Reply<void> Connection::useDatabase(const QString &schema)
{
    return runSimple(m_core, [&schema](std::unique_ptr<Internal::Completion<void>> completion) {
        return Internal::SimpleCommand::useDatabase(schema, std::move(completion));
    });
}

Reply<void> Connection::reset()
{
    m_core->endEpoch();
    return runSimple(m_core, &Internal::SimpleCommand::reset);
}

Reply<void> Connection::killQuery(quint64 connectionId)
{
    return runSimple(m_core, [connectionId](std::unique_ptr<Internal::Completion<void>> completion) {
        return Internal::SimpleCommand::statement("KILL QUERY " + QByteArray::number(connectionId), {},
                                                  std::move(completion));
    });
}

Reply<void> Connection::killConnection(quint64 connectionId)
{
    return runSimple(m_core, [connectionId](std::unique_ptr<Internal::Completion<void>> completion) {
        return Internal::SimpleCommand::statement("KILL CONNECTION " + QByteArray::number(connectionId), {},
                                                  std::move(completion));
    });
}

Reply<void> Connection::setCharset(const QString &charset, const QString &collation)
{
    const Result<void> valid
        = ConnectOptions(options()).setCharset(charset).setCollation(collation).validate();
    if (!valid) {
        Reply<void> reply;
        makeCompletion(reply)->complete(valid.error().withConnectionLost(false));
        return reply;
    }
    std::function<void()> success = [weak = std::weak_ptr(m_core), charset, collation] {
        if (const auto core = weak.lock())
            core->setCharset(charset, collation);
    };
    return runSimple(m_core, [&](std::unique_ptr<Internal::Completion<void>> completion) {
        return Internal::SimpleCommand::statement(Internal::setNames(charset, collation), success,
                                                  std::move(completion));
    });
}

Reply<QString> Connection::statistics()
{
    return enqueue<Internal::StatisticsCommand, QString>(m_core);
}

Compression Connection::compression() const noexcept
{
    return isOpen() ? m_core->session().compression : Compression::Uncompressed;
}

QString Connection::systemVariable(const QString &name) const
{
    const QByteArray value = m_core->session().variables.value(name.toUtf8());
    return value.isNull() ? QString() : QString::fromUtf8(value);
}

QString Connection::transactionState() const
{
    return QString::fromUtf8(m_core->session().transactionState);
}

QString Connection::transactionCharacteristics() const
{
    return QString::fromUtf8(m_core->session().transactionCharacteristics);
}

QString Connection::lastGtid() const
{
    return QString::fromUtf8(m_core->session().lastGtid);
}

Reply<void> Connection::changeUser(const QString &user, const Secret &password, const QString &database)
{
    Reply<void> reply;
    auto completion = makeCompletion(reply);
    completion->onCancel(m_core->canceller());
    m_core->changeUser(user, password, database, std::move(completion));
    return reply;
}

void Connection::cancelCurrent()
{
    m_core->cancelCurrent();
}

} // namespace QAsyncMySql
