// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sqlpool.h"

#include <QtCore/QPointer>
#include <QtQml/QJSValue>

namespace QAsyncMySql {

/*!
    \qmltype SqlQuery
    One statement, its result as JavaScript values.

    For statements that change something, and for results of up to some thousand rows: the whole
    result is in memory. SqlQueryModel is for the larger ones.

    \since 1.0
*/
class SqlQuery : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QAsyncMySql::SqlPool *pool READ pool WRITE setPool NOTIFY poolChanged FINAL)
    Q_PROPERTY(QString sql READ sql WRITE setSql NOTIFY sqlChanged FINAL)
    Q_PROPERTY(QVariantList parameters READ parameters WRITE setParameters NOTIFY parametersChanged FINAL)
    Q_PROPERTY(bool prepared READ isPrepared WRITE setPrepared NOTIFY preparedChanged FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(QStringList columnNames READ columnNames NOTIFY resultChanged FINAL)
    Q_PROPERTY(int rowCount READ rowCount NOTIFY resultChanged FINAL)
    Q_PROPERTY(QJSValue rows READ rows NOTIFY resultChanged FINAL)
    Q_PROPERTY(QVariant affectedRows READ affectedRows NOTIFY resultChanged FINAL)
    Q_PROPERTY(QVariant lastInsertId READ lastInsertId NOTIFY resultChanged FINAL)
    Q_PROPERTY(int warningCount READ warningCount NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString info READ info NOTIFY resultChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error error READ error NOTIFY errorChanged FINAL)
    QML_ELEMENT
    // Those of namespace QAsyncMySql, which the type of the error brings along, have names in common.
    Q_CLASSINFO("RegisterEnumClassesUnscoped", "false")

public:
    explicit SqlQuery(QObject *parent = nullptr);
    ~SqlQuery() override;

    SqlPool *pool() const { return m_pool; }
    void setPool(SqlPool *pool);
    QString sql() const { return m_sql; }
    void setSql(const QString &sql);
    //! For the placeholders, in order. Strings, numbers, booleans, null, Date, ArrayBuffer.
    QVariantList parameters() const { return m_parameters; }
    void setParameters(const QVariantList &parameters);
    //! Run it as a prepared statement of the server; false by default.
    bool isPrepared() const noexcept { return m_prepared; }
    void setPrepared(bool prepared);

    bool isRunning() const noexcept { return m_run != nullptr; }
    QStringList columnNames() const;
    int rowCount() const { return int(m_result.size()); }
    //! An array of objects, made when it is first asked for. Empty where no engine made this object.
    QJSValue rows();
    //! A number, or a string beyond 53 bits.
    QVariant affectedRows() const;
    QVariant lastInsertId() const;
    int warningCount() const { return m_result.warningCount(); }
    QString info() const { return m_result.info(); }
    //! The error of the last run, or none.
    Error error() const { return m_error; }
    //! One value of the result, without making \c rows; undefined outside of it.
    Q_INVOKABLE QVariant value(int row, int column) const;

    //! Runs the statement; one that still runs is cancelled first. finished() or failed() follows, from the
    //! event loop.
    Q_INVOKABLE void run();
    //! The same after setting \a parameters.
    Q_INVOKABLE void run(const QVariantList &parameters);
    //! Stops the statement on the server; failed() follows with an error of kind Cancelled. Nothing if none
    //! runs.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void poolChanged();
    void sqlChanged();
    void parametersChanged();
    void preparedChanged();
    void runningChanged();
    void resultChanged();
    void errorChanged();
    void finished();
    void failed(const QAsyncMySql::Error &error);

private:
    void finish(const Result<ResultSet> &result);

    QPointer<SqlPool> m_pool;
    QString m_sql;
    QVariantList m_parameters;
    bool m_prepared = false;
    // The context of the callback: destroying it cancels the statement.
    std::unique_ptr<QObject> m_run;
    ResultSet m_result;
    QJSValue m_rows;
    Error m_error;
};

} // namespace QAsyncMySql
