// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sqlerror.h"

#include <QAsyncMySql/pool.h>

#include <QtQml/QQmlParserStatus>

#include <optional>

namespace QAsyncMySql {

/*!
    \qmltype SqlPool
    The connections of a QML program to one server. Nothing is opened before it is needed; see open().

    Its options are those of \c url, over which the single properties (\c host, \c user, \c password …)
    win. A change is used for connections opened from then on.

    \since 1.0
*/
class SqlPool : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QString url READ url WRITE setUrl NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString host READ host WRITE setHost NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int port READ port WRITE setPort NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString socketPath READ socketPath WRITE setSocketPath NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString user READ user WRITE setUser NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString password READ noPassword WRITE setPassword NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString database READ database WRITE setDatabase NOTIFY optionsChanged FINAL)
    Q_PROPERTY(SslMode sslMode READ sslMode WRITE setSslMode NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString sslCaFile READ sslCaFile WRITE setSslCaFile NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int minimumSize READ minimumSize WRITE setMinimumSize NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int maximumSize READ maximumSize WRITE setMaximumSize NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int acquireTimeout READ acquireTimeout WRITE setAcquireTimeout NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int size READ size NOTIFY countsChanged FINAL)
    Q_PROPERTY(int idleCount READ idleCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int leasedCount READ leasedCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int waitingCount READ waitingCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool connected READ isConnected NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool opening READ isOpening NOTIFY openingChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error lastError READ lastError NOTIFY lastErrorChanged FINAL)
    QML_ELEMENT
    // Those of namespace QAsyncMySql, which the type of the error brings along, have names in common.
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")

public:
    //! As QAsyncMySql::SslMode.
    enum SslMode
    {
        Automatic,
        Disabled,
        Preferred,
        Required,
        VerifyCa,
        VerifyIdentity,
    };
    Q_ENUM(SslMode)

    explicit SqlPool(QObject *parent = nullptr);
    ~SqlPool() override;

    //! The pool behind it: the same until close() and open(). Owned by this object.
    Pool *pool() const noexcept { return m_pool.get(); }

    //! As given, without its password.
    QString url() const;
    void setUrl(const QString &url);
    QString host() const { return m_options.host(); }
    void setHost(const QString &host) { set(m_host, host); }
    int port() const { return m_options.port(); }
    void setPort(int port) { set(m_port, port); }
    QString socketPath() const { return m_options.socketPath(); }
    void setSocketPath(const QString &path) { set(m_socketPath, path); }
    QString user() const { return m_options.user(); }
    void setUser(const QString &user) { set(m_user, user); }
    //! Always empty: a password can be set, and not be read.
    QString noPassword() const { return QString(); }
    void setPassword(const QString &password);
    QString database() const { return m_options.database(); }
    void setDatabase(const QString &database) { set(m_database, database); }
    SslMode sslMode() const { return SslMode(m_options.sslMode()); }
    void setSslMode(SslMode mode) { set(m_sslMode, mode); }
    QString sslCaFile() const { return m_options.sslCaFile(); }
    void setSslCaFile(const QString &path) { set(m_sslCaFile, path); }

    int minimumSize() const { return m_minimumSize; }
    void setMinimumSize(int count);
    int maximumSize() const { return m_maximumSize; }
    void setMaximumSize(int count);
    //! In milliseconds; 0 waits for ever.
    int acquireTimeout() const { return m_acquireTimeout; }
    void setAcquireTimeout(int milliseconds);

    int size() const { return m_pool->size(); }
    int idleCount() const { return m_pool->idleCount(); }
    int leasedCount() const { return m_pool->leasedCount(); }
    int waitingCount() const { return m_pool->waitingCount(); }
    //! At least one connection is open.
    bool isConnected() const { return m_pool->openCount() > 0; }
    //! open() is at work.
    bool isOpening() const noexcept { return m_opening; }
    //! Why connecting failed last, or what is wrong with the options; none after a success.
    Error lastError() const { return m_lastError; }

    /*! Opens one connection, or takes an idle one, to see whether that works: opened() or failed() follows.
       Opens the pool again after close(). */
    Q_INVOKABLE void open();
    //! Closes as soon as what runs has ended.
    Q_INVOKABLE void close();

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void optionsChanged();
    void limitsChanged();
    void countsChanged();
    void openingChanged();
    void lastErrorChanged();
    void opened();
    void failed(const QAsyncMySql::Error &error);
    //! pool() is another one.
    void poolReplaced();

private:
    template <class T> void set(std::optional<T> &member, const T &value)
    {
        if (member == value)
            return;
        member = value;
        applyOptions();
    }
    void applyOptions();
    void applyLimits();
    void makePool();
    void setOpening(bool opening);
    void setLastError(const Error &error);

    std::unique_ptr<Pool> m_pool;
    ConnectOptions m_options;
    ConnectOptions m_urlOptions;
    std::optional<QString> m_host, m_socketPath, m_user, m_database, m_sslCaFile;
    std::optional<Secret> m_password;
    std::optional<int> m_port;
    std::optional<SslMode> m_sslMode;
    QString m_url;
    Error m_urlError;
    Error m_lastError;
    int m_minimumSize = 0;
    int m_maximumSize = 10;
    int m_acquireTimeout = 30'000;
    bool m_complete = true; // false while QML sets the properties
    bool m_opening = false;
};

} // namespace QAsyncMySql
