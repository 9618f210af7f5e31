// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "headerwriter.h"

#include "cppname.h"

#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QTextStream>

namespace {

// In a string literal of C++. Names may hold anything.
QString literal(const QString &name)
{
    QString text = QStringLiteral("\"");
    for (const QChar c : name) {
        if (c == u'"' || c == u'\\')
            text += u'\\';
        text += c;
    }
    return text + u'"';
}

QString headerOf(const QString &type)
{
    static const QHash<QString, QString> Headers{
        {QStringLiteral("QString"), QStringLiteral("QtCore/QString")},
        {QStringLiteral("QByteArray"), QStringLiteral("QtCore/QByteArray")},
        {QStringLiteral("QDate"), QStringLiteral("QtCore/QDateTime")},
        {QStringLiteral("QDateTime"), QStringLiteral("QtCore/QDateTime")},
        {QStringLiteral("QJsonValue"), QStringLiteral("QtCore/QJsonValue")},
        {QStringLiteral("QUuid"), QStringLiteral("QtCore/QUuid")},
        {QStringLiteral("QList<float>"), QStringLiteral("QtCore/QList")},
        {QStringLiteral("QAsyncMySql::Decimal"), QStringLiteral("QAsyncMySql/decimal.h")},
        {QStringLiteral("QAsyncMySql::SqlTime"), QStringLiteral("QAsyncMySql/sqltime.h")},
    };
    return Headers.value(type);
}

void writeTable(QTextStream &out, const SchemaTable &table, NameMaker &structs, NameMaker &variables)
{
    const QString type = structs.unique(upperCamel(table.name));
    const QString name = literal(table.name);
    out << "\ntemplate <QAsyncMySql::Sql::Name Alias = " << name << "> struct " << type
        << "\n    : QAsyncMySql::Sql::Table<" << type << ", " << name << ", Alias>\n{\n";
    NameMaker members({QStringLiteral("all"), QStringLiteral("as"), QStringLiteral("source"),
                       QStringLiteral("target"), QStringLiteral("tableName"), QStringLiteral("schema"),
                       type});
    QStringList all;
    for (const SchemaColumn &column : table.columns) {
        const QString valueType = cppType(column);
        const QString member = members.unique(lowerCamel(column.name));
        out << "    QAsyncMySql::Sql::Column<Alias, " << literal(column.name) << ", "
            << (column.nullable ? QString(u"std::optional<" % valueType % u'>') : valueType) << "> " << member
            << ";\n";
        all.append(member);
    }
    out << "    constexpr auto all() const\n    {\n        return QAsyncMySql::Sql::columns("
        << all.join(QStringLiteral(", ")) << ");\n    }\n};\ninline constexpr " << type << "<> "
        << variables.unique(lowerCamel(table.name)) << "{};\n";
}

} // namespace

QString cppType(const SchemaColumn &column)
{
    if (column.isJson)
        return QStringLiteral("QJsonValue");
    const bool isUnsigned = column.columnType.contains(u"unsigned");
    const auto integer = [isUnsigned](int bits) {
        return QStringLiteral("%1%2")
            .arg(isUnsigned ? QStringLiteral("quint") : QStringLiteral("qint"))
            .arg(bits);
    };
    const QString &type = column.dataType;
    if (type == u"tinyint")
        return column.columnType.startsWith(u"tinyint(1)") ? QStringLiteral("bool") : integer(8);
    if (type == u"smallint")
        return integer(16);
    if (type == u"mediumint" || type == u"int")
        return integer(32);
    if (type == u"bigint")
        return integer(64);
    if (type == u"bit")
        return QStringLiteral("quint64");
    static const QHash<QString, QString> Types{
        {QStringLiteral("year"), QStringLiteral("qint16")},
        {QStringLiteral("float"), QStringLiteral("float")},
        {QStringLiteral("double"), QStringLiteral("double")},
        {QStringLiteral("decimal"), QStringLiteral("QAsyncMySql::Decimal")},
        {QStringLiteral("date"), QStringLiteral("QDate")},
        {QStringLiteral("datetime"), QStringLiteral("QDateTime")},
        {QStringLiteral("timestamp"), QStringLiteral("QDateTime")},
        {QStringLiteral("time"), QStringLiteral("QAsyncMySql::SqlTime")},
        {QStringLiteral("uuid"), QStringLiteral("QUuid")},
        {QStringLiteral("vector"), QStringLiteral("QList<float>")},
    };
    if (const auto known = Types.constFind(type); known != Types.cend())
        return *known;
    static const QSet<QString> Texts{
        QStringLiteral("char"),  QStringLiteral("varchar"),    QStringLiteral("tinytext"),
        QStringLiteral("text"),  QStringLiteral("mediumtext"), QStringLiteral("longtext"),
        QStringLiteral("enum"),  QStringLiteral("set"),        QStringLiteral("inet4"),
        QStringLiteral("inet6"),
    };
    return Texts.contains(type) ? QStringLiteral("QString") : QStringLiteral("QByteArray");
}

QByteArray writeHeader(const QList<SchemaTable> &tables, const QString &nameSpace)
{
    QStringList includes;
    bool optional = false;
    for (const SchemaTable &table : tables) {
        for (const SchemaColumn &column : table.columns) {
            optional = optional || column.nullable;
            if (const QString header = headerOf(cppType(column)); !header.isEmpty())
                includes.append(header);
        }
    }
    includes.removeDuplicates();
    includes.sort();

    QByteArray text;
    QTextStream out(&text);
    out << "// Made by qasyncmysql-schema from the tables of a database. Do not edit it: run the tool "
           "again.\n"
           "// clang-format off\n#pragma once\n\n#include <QAsyncMySql/sqltable.h>\n";
    for (const QString &header : std::as_const(includes))
        out << "#include <" << header << ">\n";
    if (optional)
        out << "\n#include <optional>\n";
    out << "\nnamespace " << nameSpace << " {\n";
    NameMaker structs({});
    NameMaker variables({});
    for (const SchemaTable &table : tables)
        writeTable(out, table, structs, variables);
    out << "\n} // namespace " << nameSpace << "\n";
    out.flush();
    return text;
}
