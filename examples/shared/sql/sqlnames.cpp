// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/sqlnames.h"

#include "sql/sqlwords.h"

#include <QAsyncMySql/schemamodel.h>
#include <QAsyncMySql/sql.h>

#include <QtCore/QRegularExpression>

#include <utility>

using namespace QAsyncMySql;

namespace {

constexpr qsizetype ShortestWord = 2; // that makes a list come by itself

QString unquoted(QString name)
{
    if (name.startsWith(QLatin1Char('`')))
        name = name.mid(1, name.size() - 2).replace(QLatin1String("``"), QLatin1String("`"));
    return name;
}

// As it is to be written: in backticks where it needs them.
QString written(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z_$][\\w$]*\\z"));
    if (plain.match(name).hasMatch() && !sqlWords().contains(name.toLower()))
        return name;
    const Result<QString> quoted = quoteIdentifier(name);
    return quoted ? *quoted : name;
}

class NamedTable
{
public:
    QString schema; // may be empty
    QString table;
    QString alias; // may be empty
};

// The tables that a statement names behind FROM, JOIN, UPDATE and INTO.
QList<NamedTable> namedTables(const QString &sql)
{
    static const QString name = QStringLiteral("(`(?:[^`]|``)+`|[\\w$]+)");
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:from|join|update|into)\\s+(?:%1\\s*\\.\\s*)?%1(?:\\s+(?:as\\s+)?%1)?")
            .arg(name),
        QRegularExpression::CaseInsensitiveOption);
    QList<NamedTable> tables;
    for (const QRegularExpressionMatch &match : pattern.globalMatch(sql)) {
        const QString alias = match.captured(3);
        tables.append({unquoted(match.captured(1)), unquoted(match.captured(2)),
                       sqlWords().contains(alias.toLower()) ? QString() : unquoted(alias)});
    }
    return tables;
}

bool isSame(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

void SqlNames::setSchemas(SchemaModel *schemas, const QString &defaultSchema)
{
    if (m_schemas)
        m_schemas->disconnect(this);
    m_schemas = schemas;
    m_defaultSchema = defaultSchema;
    if (schemas) {
        connect(schemas, &SchemaModel::loaded, this, [this] {
            if (std::exchange(m_waiting, false))
                Q_EMIT arrived();
        });
    }
}

QString SqlNames::wordBefore(const QString &text, int cursor)
{
    static const QRegularExpression word(QStringLiteral("[\\w$]*\\z"));
    return word.match(text.left(cursor)).captured();
}

bool SqlNames::isPromising(const QString &text, int cursor)
{
    const QString word = wordBefore(text, cursor);
    return word.size() >= ShortestWord || text.left(cursor).chopped(word.size()).endsWith(QLatin1Char('.'));
}

QModelIndex SqlNames::schemaNode(const QString &name)
{
    for (int row = 0; m_schemas && row < m_schemas->rowCount(); ++row) {
        const QModelIndex node = m_schemas->index(row, 0);
        if (isSame(node.data().toString(), name))
            return node;
    }
    return {};
}

QModelIndex SqlNames::tableNode(const QString &schema, const QString &table)
{
    const QModelIndex parent = schemaNode(schema.isEmpty() ? m_defaultSchema : schema);
    if (!parent.isValid())
        return {};
    namesBelow(parent, false); // has them read
    for (int row = 0; row < m_schemas->rowCount(parent); ++row) {
        const QModelIndex node = m_schemas->index(row, 0, parent);
        if (isSame(node.data().toString(), table))
            return node;
    }
    return {};
}

QStringList SqlNames::namesBelow(const QModelIndex &parent, bool columns)
{
    QStringList names;
    if (!parent.isValid())
        return names;
    if (m_schemas->canFetchMore(parent)) {
        m_waiting = true;
        m_schemas->fetchMore(parent);
    }
    for (int row = 0; row < m_schemas->rowCount(parent); ++row) {
        const QModelIndex node = m_schemas->index(row, 0, parent);
        const auto kind = SchemaModel::Kind(node.data(SchemaModel::KindRole).toInt());
        if (!columns || kind == SchemaModel::Kind::Column)
            names.append(written(node.data().toString()));
    }
    return names;
}

QStringList SqlNames::columnsOfNamedTables(const QString &text)
{
    QStringList names;
    for (const NamedTable &table : namedTables(text)) {
        names += namesBelow(tableNode(table.schema, table.table), true);
        if (!table.alias.isEmpty())
            names.append(written(table.alias));
    }
    return names;
}

QStringList SqlNames::candidates(const QString &text, int cursor)
{
    static const QRegularExpression qualifier(QStringLiteral("(`(?:[^`]|``)+`|[\\w$]+)\\.[\\w$]*\\z"));
    const QRegularExpressionMatch match = qualifier.match(text.left(cursor));
    QStringList names;
    if (match.hasMatch()) {
        const QString name = unquoted(match.captured(1));
        for (const NamedTable &table : namedTables(text)) {
            if (isSame(table.alias, name) || isSame(table.table, name))
                names += namesBelow(tableNode(table.schema, table.table), true);
        }
        if (names.isEmpty())
            names = namesBelow(schemaNode(name), false);
    } else {
        names = columnsOfNamedTables(text);
        names += namesBelow(schemaNode(m_defaultSchema), false);
        for (int row = 0; m_schemas && row < m_schemas->rowCount(); ++row)
            names.append(written(m_schemas->index(row, 0).data().toString()));
        for (const QString &word : sqlWords())
            names.append(word.toUpper());
    }
    names.removeDuplicates();
    return names;
}
