// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqldefinition.h>

#include "sql/literal.h"
#include "sql/render.h"

namespace QAsyncMySql::Sql {

namespace {

QByteArray withLength(const char *name, int length)
{
    return QByteArray(name) + '(' + QByteArray::number(length) + ')';
}

QByteArray literal(const Parameter &value)
{
    QByteArray text;
    QAsyncMySql::Internal::appendLiteral(text, value);
    return text;
}

QByteArray withValues(const char *name, const QStringList &values)
{
    QByteArray type(name);
    char before = '(';
    for (const QString &value : values) {
        type += before;
        type += literal(value);
        before = ',';
    }
    return type + ')';
}

} // namespace

SqlType SqlType::raw(QAnyStringView type)
{
    return SqlType(type.toString().toUtf8());
}
SqlType SqlType::character(int length)
{
    return SqlType(withLength("CHAR", length));
}
SqlType SqlType::varChar(int length)
{
    return SqlType(withLength("VARCHAR", length));
}
SqlType SqlType::text()
{
    return SqlType(QByteArrayLiteral("TEXT"));
}
SqlType SqlType::mediumText()
{
    return SqlType(QByteArrayLiteral("MEDIUMTEXT"));
}
SqlType SqlType::longText()
{
    return SqlType(QByteArrayLiteral("LONGTEXT"));
}
SqlType SqlType::binary(int length)
{
    return SqlType(withLength("BINARY", length));
}
SqlType SqlType::varBinary(int length)
{
    return SqlType(withLength("VARBINARY", length));
}
SqlType SqlType::blob()
{
    return SqlType(QByteArrayLiteral("BLOB"));
}
SqlType SqlType::longBlob()
{
    return SqlType(QByteArrayLiteral("LONGBLOB"));
}
SqlType SqlType::decimal(int digits, int scale)
{
    return SqlType("DECIMAL(" + QByteArray::number(digits) + ", " + QByteArray::number(scale) + ')');
}
SqlType SqlType::dateTime(int digits)
{
    return SqlType(withLength("DATETIME", digits));
}
SqlType SqlType::timestamp(int digits)
{
    return SqlType(withLength("TIMESTAMP", digits));
}
SqlType SqlType::time(int digits)
{
    return SqlType(withLength("TIME", digits));
}
SqlType SqlType::year()
{
    return SqlType(QByteArrayLiteral("YEAR"));
}
SqlType SqlType::json()
{
    return SqlType(QByteArrayLiteral("JSON"));
}
SqlType SqlType::enumeration(const QStringList &values)
{
    return SqlType(withValues("ENUM", values));
}
SqlType SqlType::set(const QStringList &values)
{
    return SqlType(withValues("SET", values));
}

ColumnDefinition::ColumnDefinition(std::string_view name, std::string_view type, bool nullable)
    : m_nullable(nullable)
{
    m_type.appendName(name).append(" ").append(type);
}

ColumnDefinition ColumnDefinition::with(std::string_view attribute) const
{
    ColumnDefinition copy(*this);
    copy.m_attributes.append(attribute);
    return copy;
}

ColumnDefinition ColumnDefinition::withExpression(std::string_view before, const Fragment &expression,
                                                  std::string_view behind) const
{
    ColumnDefinition copy(*this);
    copy.m_attributes.append(before).append(Internal::forDefinition(expression)).append(behind);
    copy.m_generated = copy.m_generated || before.find("GENERATED") != std::string_view::npos;
    return copy;
}

ColumnDefinition ColumnDefinition::defaultNow(int digits, bool onUpdate) const
{
    const QByteArray function = withLength("CURRENT_TIMESTAMP", digits);
    const std::string_view now(function.constData(), size_t(function.size()));
    ColumnDefinition copy = with(" DEFAULT ").with(now);
    return onUpdate ? copy.with(" ON UPDATE ").with(now) : copy;
}

ColumnDefinition ColumnDefinition::collation(std::string_view name) const
{
    ColumnDefinition copy(*this);
    copy.m_type.append(" COLLATE ").appendName(name);
    return copy;
}

ColumnDefinition ColumnDefinition::comment(QAnyStringView text) const
{
    ColumnDefinition copy(*this);
    copy.m_attributes.append(" COMMENT ")
        .append(Internal::forDefinition(Internal::fragment(Parameter(text.toString()))));
    return copy;
}

Fragment ColumnDefinition::fragment() const
{
    Fragment definition(m_type);
    // A generated column must be told apart: MariaDB takes no NOT NULL there.
    if (!m_generated)
        definition.append(m_nullable ? " NULL" : " NOT NULL");
    return definition.append(m_attributes);
}

namespace Internal {

namespace {

// The end of the name in backticks that begins at \a from.
qsizetype endOfName(const QByteArray &code, qsizetype from)
{
    for (qsizetype at = from + 1; at < code.size(); ++at) {
        if (code.at(at) != '`')
            continue;
        if (at + 1 >= code.size() || code.at(at + 1) != '`')
            return at + 1;
        ++at;
    }
    return code.size();
}

QByteArray withoutTables(const QByteArray &code)
{
    QByteArray plain;
    for (qsizetype at = 0; at < code.size();) {
        if (code.at(at) != '`') {
            plain += code.at(at++);
            continue;
        }
        const qsizetype end = endOfName(code, at);
        if (end + 1 < code.size() && code.at(end) == '.' && code.at(end + 1) == '`') {
            at = end + 1;
        } else {
            plain += code.sliced(at, end - at);
            at = end;
        }
    }
    return plain;
}

} // namespace

Fragment forDefinition(const Fragment &expression)
{
    const QByteArray code = withoutTables(expression.code());
    if (expression.parameters().isEmpty())
        return Fragment(code, expression.precedence());
    const Result<QByteArray> text = QAsyncMySql::Internal::renderStatement(code, expression.parameters());
    if (!text)
        return Fragment().fail(text.error().message());
    return Fragment(*text, expression.precedence());
}

} // namespace Internal

} // namespace QAsyncMySql::Sql
