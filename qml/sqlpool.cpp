// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlpool.h"

#include <utility>

namespace QAsyncMySql {

SqlPool::SqlPool(QObject *parent)
    : QObject(parent)
{
    makePool();
}

SqlPool::~SqlPool()
{
    // Its last signals are for nobody.
    m_pool->disconnect(this);
}

void SqlPool::makePool()
{
    if (m_pool)
        m_pool->disconnect(this);
    m_pool = std::make_unique<Pool>(m_options);
    applyLimits();
    connect(m_pool.get(), &Pool::countsChanged, this, &SqlPool::countsChanged);
    connect(m_pool.get(), &Pool::connectionOpened, this, [this] { setLastError(m_urlError); });
    connect(m_pool.get(), &Pool::connectionFailed, this, &SqlPool::setLastError);
    connect(m_pool.get(), &Pool::closed, this, &SqlPool::countsChanged);
}

QString SqlPool::url() const
{
    return m_url;
}

void SqlPool::setUrl(const QString &url)
{
    if (url.isEmpty()) {
        m_urlOptions = ConnectOptions();
        m_urlError = Error();
        m_url.clear();
    } else {
        const Result<ConnectOptions> options = ConnectOptions::fromUrl(url);
        m_urlError = options.error();
        m_urlOptions = options.valueOr(ConnectOptions());
        m_url = options ? options->toString() : QString();
    }
    applyOptions();
    setLastError(m_urlError);
}

void SqlPool::setPassword(const QString &password)
{
    m_password = Secret(password);
    applyOptions();
}

void SqlPool::applyOptions()
{
    if (!m_complete)
        return;
    ConnectOptions options = m_urlOptions;
    if (m_host)
        options.setHost(*m_host);
    if (m_port)
        options.setPort(quint16(qBound(0, *m_port, 65535)));
    if (m_socketPath)
        options.setSocketPath(*m_socketPath);
    if (m_user)
        options.setUser(*m_user);
    if (m_password)
        options.setPassword(*m_password);
    if (m_database)
        options.setDatabase(*m_database);
    if (m_sslMode)
        options.setSslMode(QAsyncMySql::SslMode(*m_sslMode));
    if (m_sslCaFile)
        options.setSslCaFile(*m_sslCaFile);
    m_options = options;
    m_pool->setOptions(m_options);
    Q_EMIT optionsChanged();
}

void SqlPool::applyLimits()
{
    if (!m_complete)
        return;
    m_pool->setMaximumSize(m_maximumSize);
    m_pool->setMinimumSize(m_minimumSize);
    m_pool->setAcquireTimeout(std::chrono::milliseconds(m_acquireTimeout));
}

void SqlPool::setMinimumSize(int count)
{
    if (std::exchange(m_minimumSize, qMax(0, count)) == m_minimumSize)
        return;
    applyLimits();
    Q_EMIT limitsChanged();
}

void SqlPool::setMaximumSize(int count)
{
    if (std::exchange(m_maximumSize, qMax(1, count)) == m_maximumSize)
        return;
    applyLimits();
    Q_EMIT limitsChanged();
}

void SqlPool::setAcquireTimeout(int milliseconds)
{
    if (std::exchange(m_acquireTimeout, qMax(0, milliseconds)) == m_acquireTimeout)
        return;
    applyLimits();
    Q_EMIT limitsChanged();
}

void SqlPool::open()
{
    if (m_opening)
        return;
    if (m_pool->isClosed()) {
        makePool();
        Q_EMIT poolReplaced();
    }
    setOpening(true);
    // The statement is as good as none, and its callback is never called once this object has gone.
    m_pool->query(
        this,
        [this](const Result<ResultSet> &result) {
            const QPointer<SqlPool> self(this);
            const Error error = m_urlError.isError() ? m_urlError : result.error();
            setLastError(error);
            if (self)
                setOpening(false);
            if (!self)
                return;
            if (error.isError())
                Q_EMIT failed(error);
            else
                Q_EMIT opened();
        },
        u"DO 0");
}

void SqlPool::close()
{
    const Reply<void> ignored = m_pool->close();
    Q_UNUSED(ignored)
}

void SqlPool::setOpening(bool opening)
{
    if (std::exchange(m_opening, opening) != opening)
        Q_EMIT openingChanged();
}

void SqlPool::setLastError(const Error &error)
{
    if (m_lastError == error)
        return;
    m_lastError = error;
    Q_EMIT lastErrorChanged();
}

void SqlPool::classBegin()
{
    m_complete = false;
}

void SqlPool::componentComplete()
{
    m_complete = true;
    applyLimits();
    applyOptions();
}

} // namespace QAsyncMySql
