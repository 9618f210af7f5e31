// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlquery.h"

#include "models/scriptvalue.h"

#include <QtCore/QTimer>
#include <QtQml/QJSEngine>
#include <QtQml/qqml.h>

#include <utility>

namespace QAsyncMySql {

namespace {

QVariant scriptNumber(quint64 number)
{
    return number > (Q_UINT64_C(1) << 53) ? QVariant(QString::number(number)) : QVariant(number);
}

// What a script has given, as the parameters of a statement know it.
QVariant parameterValue(const QVariant &value)
{
    if (value.metaType() == QMetaType::fromType<QJSValue>())
        return value.value<QJSValue>().toVariant();
    return value;
}

} // namespace

SqlQuery::SqlQuery(QObject *parent)
    : QObject(parent)
{
}

SqlQuery::~SqlQuery() = default;

void SqlQuery::setPool(SqlPool *pool)
{
    if (m_pool == pool)
        return;
    m_pool = pool;
    Q_EMIT poolChanged();
}

void SqlQuery::setSql(const QString &sql)
{
    if (m_sql == sql)
        return;
    m_sql = sql;
    Q_EMIT sqlChanged();
}

void SqlQuery::setParameters(const QVariantList &parameters)
{
    if (m_parameters == parameters)
        return;
    m_parameters = parameters;
    Q_EMIT parametersChanged();
}

void SqlQuery::setPrepared(bool prepared)
{
    if (std::exchange(m_prepared, prepared) != prepared)
        Q_EMIT preparedChanged();
}

QStringList SqlQuery::columnNames() const
{
    QStringList names;
    for (const Column &column : m_result.columns())
        names.append(column.name());
    return names;
}

QJSValue SqlQuery::rows()
{
    QJSEngine *engine = qjsEngine(this);
    if (!m_rows.isUndefined() || !engine)
        return m_rows;
    const QStringList names = columnNames();
    m_rows = engine->newArray(uint(m_result.size()));
    quint32 number = 0;
    for (const Row &row : m_result.rows()) {
        // Made property by property, which keeps the order of the columns.
        QJSValue object = engine->newObject();
        for (int i = 0; i < names.size(); ++i)
            object.setProperty(names.at(i), engine->toScriptValue(Internal::scriptValue(row, i)));
        m_rows.setProperty(number++, object);
    }
    return m_rows;
}

QVariant SqlQuery::affectedRows() const
{
    return scriptNumber(m_result.affectedRows());
}

QVariant SqlQuery::lastInsertId() const
{
    return scriptNumber(m_result.lastInsertId());
}

QVariant SqlQuery::value(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= m_result.columnCount())
        return QVariant();
    return Internal::scriptValue(m_result.at(row), column);
}

void SqlQuery::run(const QVariantList &parameters)
{
    const QPointer<SqlQuery> self(this);
    setParameters(parameters);
    if (self)
        run();
}

void SqlQuery::run()
{
    const bool wasRunning = isRunning();
    m_run = std::make_unique<QObject>(); // and with the one before, its statement is cancelled
    const auto callback = [this](const Result<ResultSet> &result) { finish(result); };
    if (m_pool && !m_sql.trimmed().isEmpty()) {
        Parameters parameters;
        parameters.reserve(m_parameters.size());
        for (const QVariant &value : std::as_const(m_parameters))
            parameters.append(Parameter(parameterValue(value)));
        m_pool->pool()->run(m_run.get(), callback,
                            m_prepared ? StatementProtocol::Prepared : StatementProtocol::Text, m_sql,
                            parameters);
    } else {
        const QString message = m_pool
            ? QStringLiteral("The SqlQuery has no statement: set its property sql.")
            : QStringLiteral("The SqlQuery has no pool: set its property pool to a SqlPool.");
        const Error error(Error::Kind::Usage, message);
        QTimer::singleShot(0, m_run.get(), [callback, error] { callback(error); });
    }
    if (!wasRunning)
        Q_EMIT runningChanged();
}

void SqlQuery::cancel()
{
    if (!isRunning())
        return;
    // Told from the event loop, as the end of every run.
    m_run = std::make_unique<QObject>();
    const Error error = Error(Error::Kind::Cancelled, QStringLiteral("The statement was cancelled."),
                              Error::Outcome::Unknown, Error::Phase::Command)
                            .withStatement(m_sql);
    QTimer::singleShot(0, m_run.get(), [this, error] { finish(error); });
}

void SqlQuery::finish(const Result<ResultSet> &result)
{
    const QPointer<SqlQuery> self(this);
    const Error error = result.error();
    m_run.release()->deleteLater(); // it is the context of what is calling us
    m_result = result.valueOr(ResultSet());
    m_rows = QJSValue();
    const bool newError = !(std::exchange(m_error, error) == error);
    Q_EMIT resultChanged();
    if (self && newError)
        Q_EMIT errorChanged();
    if (self)
        Q_EMIT runningChanged();
    if (!self)
        return;
    if (error.isError())
        Q_EMIT failed(error);
    else
        Q_EMIT finished();
}

} // namespace QAsyncMySql
