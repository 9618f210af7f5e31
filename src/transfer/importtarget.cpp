// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/importtarget.h"

#include "transfer/fieldvalue.h"

#include <QAsyncMySql/sql.h>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

Error usage(const QString &message)
{
    return Error(Error::Kind::Usage, message);
}

Error faulty(const QString &message)
{
    return Error(Error::Kind::Conversion, message);
}

} // namespace

ImportTarget::ImportTarget(const RowImporter &importer)
    : m_settings(importer)
{
}

QString ImportTarget::quotedTable() const
{
    const QString table = quoteIdentifier(m_settings.table()).valueOr(QString());
    return m_settings.schema().isEmpty()
        ? table
        : quoteIdentifier(m_settings.schema()).valueOr(QString()) + QLatin1Char('.') + table;
}

Result<QString> ImportTarget::columnsQuery() const
{
    for (const QString &name : {m_settings.table(), m_settings.schema()}) {
        if (const auto quoted = quoteIdentifier(name);
            !quoted && (name == m_settings.table() || !name.isEmpty()))
            return quoted.error();
    }
    return QStringLiteral("SELECT * FROM %1 LIMIT 0").arg(quotedTable());
}

QString ImportTarget::generatedQuery() const
{
    return QStringLiteral("SHOW COLUMNS FROM ") + quotedTable();
}

QString ImportTarget::engineQuery() const
{
    return QStringLiteral(
        "SELECT e.transactions FROM information_schema.tables t JOIN information_schema.engines e "
        "ON e.engine = t.engine WHERE t.table_schema = COALESCE(?, DATABASE()) AND "
        "t.table_name = ?");
}

Parameters ImportTarget::engineValues() const
{
    return {m_settings.schema().isEmpty() ? Parameter() : Parameter(m_settings.schema()),
            Parameter(m_settings.table())};
}

void ImportTarget::readGenerated(const ResultSet &result)
{
    m_generated.fill(false, m_columns.size());
    for (const Row &row : result) {
        const int column = indexOf(row.get<QString>(0));
        // "VIRTUAL GENERATED", and not MySQL's "DEFAULT_GENERATED", which may be given.
        const QString extra = row.get<QString>(row.columnCount() - 1).toUpper();
        if (column >= 0)
            m_generated[column] = extra.contains(QLatin1String("VIRTUAL GENERATED"))
                || extra.contains(QLatin1String("STORED GENERATED"));
    }
}

void ImportTarget::readEngine(const ResultSet &result)
{
    if (!result.isEmpty() && !result.at(0).isNull(0))
        m_transactional = result.at(0).get<QString>(0) == QLatin1String("YES");
}

int ImportTarget::indexOf(const QString &column) const
{
    for (int i = 0; i < int(m_columns.size()); ++i) {
        if (m_columns.at(i).name().compare(column, Qt::CaseInsensitive) == 0)
            return i;
    }
    return -1;
}

bool ImportTarget::wantsHeader() const
{
    return m_settings.format().type() != TransferFormat::Type::JsonLines && m_settings.format().hasHeader();
}

qsizetype ImportTarget::fieldCount() const noexcept
{
    return m_settings.format().type() == TransferFormat::Type::JsonLines ? -1 : m_targets.size();
}

Error ImportTarget::take(const QString &column, QList<int> &taken)
{
    const int index = column.isEmpty() ? -1 : indexOf(column);
    if (index < 0 && !column.isEmpty()) {
        return usage(
            QStringLiteral("The table %1 has no column \"%2\"; setColumnFor() gives a field to another "
                           "column, or leaves it out.")
                .arg(quotedTable(), column));
    }
    if (index >= 0 && taken.contains(index))
        return usage(QStringLiteral("Two fields are for the column \"%1\".").arg(column));
    // What the server computes is taken from nobody.
    taken.append(index >= 0 && m_generated.at(index) ? -1 : index);
    return {};
}

Error ImportTarget::assign(const QStringList &names)
{
    const bool json = m_settings.format().type() == TransferFormat::Type::JsonLines;
    const QStringList wanted = m_settings.columns();
    QList<int> targets;
    if (!wanted.isEmpty() && !json && wanted.size() != names.size()) {
        return usage(QStringLiteral("The header has %1 fields, and setColumns() names %2.")
                         .arg(names.size())
                         .arg(wanted.size()));
    }
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString &name = names.at(i);
        QString column = m_settings.columnNames().value(name.toCaseFolded(), name);
        if (!wanted.isEmpty() && !json)
            column = wanted.at(i);
        else if (!wanted.isEmpty() && !wanted.contains(column, Qt::CaseInsensitive))
            column.clear();
        if (const Error error = take(column, targets))
            return error;
    }
    m_targets = targets;
    m_members = names;
    return makeStatement();
}

Error ImportTarget::assignByPlace()
{
    QList<int> targets;
    for (const QString &column : m_settings.columns()) {
        if (const Error error = take(column, targets))
            return error;
    }
    for (int i = 0; m_settings.columns().isEmpty() && i < int(m_columns.size()); ++i) {
        if (!m_generated.at(i))
            targets.append(i);
    }
    m_targets = targets;
    return makeStatement();
}

Error ImportTarget::makeStatement()
{
    QStringList names;
    QStringList places;
    for (const int target : std::as_const(m_targets)) {
        if (target < 0)
            continue;
        names.append(quoteIdentifier(m_columns.at(target).name()).valueOr(QString()));
        places.append(QStringLiteral("?"));
    }
    if (names.isEmpty())
        return usage(QStringLiteral("No field is for a column of the table %1.").arg(quotedTable()));
    m_statement = QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
                      .arg(quotedTable(), names.join(QLatin1String(", ")), places.join(QLatin1String(", ")));
    return {};
}

Error ImportTarget::convert(const Field &field, int column, Parameters &values) const
{
    QString fault;
    values.append(fieldValue(field, m_columns.at(column), fault));
    return fault.isEmpty() ? Error() : faulty(fault);
}

Result<Parameters> ImportTarget::values(const Record &record) const
{
    if (!record.fault.isEmpty())
        return faulty(record.fault);
    if (fieldCount() < 0)
        return valuesByName(record);
    if (record.fields.size() != m_targets.size()) {
        return faulty(QStringLiteral("It has %1 fields, and should have %2.")
                          .arg(record.fields.size())
                          .arg(m_targets.size()));
    }
    Parameters values;
    for (qsizetype i = 0; i < m_targets.size(); ++i) {
        if (m_targets.at(i) < 0)
            continue;
        if (const Error error = convert(record.fields.at(i), m_targets.at(i), values))
            return error;
    }
    return values;
}

Result<Parameters> ImportTarget::valuesByName(const Record &record) const
{
    QList<qsizetype> places(m_members.size(), -1);
    if (record.names == m_members) {
        for (qsizetype i = 0; i < places.size(); ++i)
            places[i] = i;
    } else {
        for (qsizetype i = 0; i < record.names.size(); ++i) {
            const qsizetype member = m_members.indexOf(record.names.at(i));
            if (member < 0 && m_settings.columns().isEmpty()
                && m_settings.columnNames().value(record.names.at(i).toCaseFolded(), QStringLiteral("-"))
                    != QString())
                return faulty(QStringLiteral("The first line has no member \"%1\".").arg(record.names.at(i)));
            if (member >= 0 && places.at(member) >= 0)
                return faulty(QStringLiteral("It has two members \"%1\".").arg(record.names.at(i)));
            if (member >= 0)
                places[member] = i;
        }
    }
    Parameters values;
    for (qsizetype i = 0; i < m_targets.size(); ++i) {
        if (m_targets.at(i) < 0)
            continue;
        const Field field = places.at(i) < 0 ? Field() : record.fields.at(places.at(i));
        if (const Error error = convert(field, m_targets.at(i), values))
            return error;
    }
    return values;
}

} // namespace QAsyncMySql::Internal
