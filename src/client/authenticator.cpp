// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/authenticator.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QPromise>
#include <QtCore/QThreadPool>

#include <type_traits>
#include <utility>

namespace QAsyncMySql::Internal {

namespace {

//! Threads for deriving keys. Not those that all share: a program may keep them busy for as long as it likes.
class Workers final : public QThreadPool
{
public:
    Workers() { setMaxThreadCount(2); }
};
Q_GLOBAL_STATIC(Workers, workers)

Error failure(const QString &text)
{
    return Error(Error::Kind::Usage, text, Error::Outcome::NotSent, Error::Phase::Authentication)
        .withConnectionLost();
}

} // namespace

std::shared_ptr<Authenticator> Authenticator::create(std::shared_ptr<EventPort> port,
                                                     const ConnectOptions &options, Answered answered)
{
    return std::shared_ptr<Authenticator>(new Authenticator(std::move(port), options, std::move(answered)));
}

Authenticator::Authenticator(std::shared_ptr<EventPort> port, const ConnectOptions &options,
                             Answered answered)
    : m_port(std::move(port))
    , m_options(options)
    , m_answered(std::move(answered))
{
}

Authenticator::~Authenticator()
{
    if (m_watcher) {
        m_watcher->disconnect();
        m_watcher->cancel();
    }
}

void Authenticator::later(std::function<void()> call)
{
    m_waiting = true;
    m_port->call([weak = weak_from_this(), call = std::move(call)] {
        const auto self = weak.lock(); // lives at least as long as the call
        if (self)
            call();
    });
}

void Authenticator::ask(const Protocol::AuthQuestion &question, bool mayCarryPassword)
{
    using Kind = Protocol::AuthQuestion::Kind;
    switch (question.kind) {
    case Kind::Work:
        work(question.work);
        break;
    case Kind::Password:
        askPassword(question.factor);
        break;
    case Kind::Plugin:
        askPlugin(question.method,
                  AuthenticationRequest(question.data, question.isFirst, question.factor, m_options.user(),
                                        m_options.factorPassword(question.factor), mayCarryPassword));
        break;
    }
}

void Authenticator::askPassword(int factor)
{
    later([this, factor] {
        const PasswordProvider provider = m_options.passwordProvider();
        const QString host = m_options.socketPath().isEmpty() ? m_options.host() : m_options.socketPath();
        watch(provider(PasswordRequest(m_options.user(), host, factor)),
              QStringLiteral("The password provider"));
    });
}

void Authenticator::askPlugin(const QByteArray &name, const AuthenticationRequest &request)
{
    later([this, name, request] {
        std::unique_ptr<AuthenticationPlugin> &plugin = m_plugins[name];
        if (!plugin || request.isFirst())
            plugin = m_options.makeAuthenticationPlugin(name);
        const QString what
            = QStringLiteral("The program's authentication plugin \"%1\"").arg(QString::fromUtf8(name));
        if (plugin)
            watch(plugin->answer(request), what);
        else
            finish(failure(what + QStringLiteral(" could not be made: its factory gave none.")));
    });
}

void Authenticator::work(const std::function<QByteArray()> &work)
{
    m_waiting = true;
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    watch(promise->future(), QStringLiteral("The thread that derives a key"));
    if (workers.isDestroyed()) { // the program is at its end
        later([this] { finish(failure(QStringLiteral("The program is ending."))); });
        return;
    }
    workers->start([promise, work] {
        promise->addResult(Result<QByteArray>(work()));
        promise->finish();
    });
}

template <class T> void Authenticator::watch(const QFuture<Result<T>> &future, const QString &what)
{
    auto watcher = std::make_unique<QFutureWatcher<Result<T>>>();
    QFutureWatcher<Result<T>> *raw = watcher.get();
    QObject::connect(raw, &QFutureWatcherBase::finished, raw, [this, raw, what] {
        const std::shared_ptr<Authenticator> self = shared_from_this();
        const QFuture<Result<T>> done = raw->future();
        if (done.resultCount() == 0) {
            finish(failure(what + QStringLiteral(" ended without an answer.")));
            return;
        }
        const Result<T> result = done.resultAt(0);
        if (!result) {
            finish(result.error().withContext(what + QStringLiteral(" failed")));
            return;
        }
        if constexpr (std::is_same_v<T, Secret>) {
            finish(result->reveal().toByteArray());
        } else {
            finish(*result);
        }
    });
    m_watcher = std::move(watcher);
    raw->setFuture(future);
}

void Authenticator::finish(Result<QByteArray> result)
{
    m_waiting = false;
    // We are inside a signal of the watcher.
    if (m_watcher)
        m_watcher.release()->deleteLater();
    m_answered(std::move(result));
}

} // namespace QAsyncMySql::Internal
