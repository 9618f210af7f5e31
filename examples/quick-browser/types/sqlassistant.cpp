// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/sqlassistant.h"

#include "errorexplanation.h"
#include "sql/errorplace.h"
#include "sql/statementat.h"

#include <QAsyncMySql/schemamodel.h>

using QAsyncMySql::Error;
using QAsyncMySql::SchemaModel;

SqlAssistant::SqlAssistant(QObject *parent)
    : QObject(parent)
{
    connect(&m_names, &SqlNames::arrived, this, &SqlAssistant::arrived);
}

void SqlAssistant::setSchemas(QAbstractItemModel *schemas)
{
    if (m_schemas == schemas)
        return;
    m_schemas = schemas;
    m_names.setSchemas(qobject_cast<SchemaModel *>(schemas), m_defaultSchema);
    Q_EMIT schemasChanged();
}

void SqlAssistant::setDefaultSchema(const QString &schema)
{
    if (m_defaultSchema == schema)
        return;
    m_defaultSchema = schema;
    m_names.setSchemas(qobject_cast<SchemaModel *>(m_schemas), schema);
    Q_EMIT schemasChanged();
}

QString SqlAssistant::wordBefore(const QString &text, int cursor) const
{
    return SqlNames::wordBefore(text, cursor);
}

bool SqlAssistant::isPromising(const QString &text, int cursor) const
{
    return SqlNames::isPromising(text, cursor);
}

QStringList SqlAssistant::completions(const QString &text, int cursor)
{
    const QString word = SqlNames::wordBefore(text, cursor);
    QStringList fitting;
    const QStringList candidates = m_names.candidates(text, cursor);
    for (const QString &candidate : candidates) {
        if (candidate.startsWith(word, Qt::CaseInsensitive))
            fitting.append(candidate);
    }
    if (fitting.size() == 1 && fitting.first().compare(word, Qt::CaseInsensitive) == 0)
        fitting.clear();
    return fitting;
}

QVariant SqlAssistant::statementAt(const QString &text, int cursor) const
{
    const StatementAt found = StatementAt::find(text, cursor);
    return QVariantMap{{QStringLiteral("text"), found.text}, {QStringLiteral("position"), found.position}};
}

QVariant SqlAssistant::errorPlace(const Error &error, const QString &statement) const
{
    const ErrorPlace place = ErrorPlace::find(error, statement);
    return QVariantMap{{QStringLiteral("position"), place.position},
                       {QStringLiteral("length"), place.isValid() ? place.length : 0}};
}

QVariant SqlAssistant::explain(const Error &error) const
{
    const ErrorExplanation why = ErrorExplanation::of(error);
    return QVariantMap{{QStringLiteral("title"), why.title},
                       {QStringLiteral("message"), why.message},
                       {QStringLiteral("advice"), why.advice}};
}
