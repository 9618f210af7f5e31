// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/typedrows.h>

#include "values/columnlookup.h"

namespace QAsyncMySql::Internal {

namespace {

Error conversion(const QString &message)
{
    return Error(Error::Kind::Conversion, message, Error::Outcome::Executed, Error::Phase::Value);
}

bool isDate(ColumnType type) noexcept
{
    return type == ColumnType::Date || type == ColumnType::NewDate || type == ColumnType::DateTime
        || type == ColumnType::Timestamp;
}

} // namespace

bool fits(const Column &column, ValueFamily family) noexcept
{
    const ColumnType type = column.type();
    if (type == ColumnType::Null) // SELECT NULL
        return true;
    const bool real = type == ColumnType::Float || type == ColumnType::Double;
    switch (family) {
    case ValueFamily::Any:
        return true;
    case ValueFamily::Boolean:
    case ValueFamily::Integer: // DECIMAL, too: what SUM() gives
        return column.isNumeric() && !real;
    case ValueFamily::Number:
        return column.isNumeric();
    case ValueFamily::Date:
        return isDate(type);
    case ValueFamily::TimeOfDay:
        return type == ColumnType::Time || type == ColumnType::DateTime || type == ColumnType::Timestamp;
    case ValueFamily::Duration:
        return type == ColumnType::Time;
    case ValueFamily::Bytes:
        return column.isBinary();
    case ValueFamily::Json:
    case ValueFamily::TextOrBytes:
        break;
    }
    const bool text = !column.isNumeric() && !isDate(type) && type != ColumnType::Time
        && type != ColumnType::Geometry && type != ColumnType::Vector;
    return text && (family == ValueFamily::TextOrBytes || !column.isBinary());
}

Error checkColumn(const Column &column, qsizetype index, ValueFamily family, const char *signature)
{
    if (fits(column, family))
        return {};
    return conversion(QStringLiteral("Column %1, \"%2\", is %3, which cannot be read as %4.")
                          .arg(index + 1)
                          .arg(column.name(), column.typeName(), typeNameOf(signature)));
}

Error wrongColumnCount(qsizetype columns, qsizetype fields, const char *signature)
{
    return conversion(QStringLiteral("The result has %1 column(s), and %2 has %3 field(s).")
                          .arg(columns)
                          .arg(typeNameOf(signature))
                          .arg(fields));
}

Error inRow(const Error &error, qsizetype row)
{
    return error.withContext(QStringLiteral("Row %1").arg(row));
}

Error GadgetReader::bind(const QMetaObject &type, const QList<Column> &columns)
{
    m_properties.clear();
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const QString name = columns.at(i).name();
        const QByteArray utf8 = name.toUtf8();
        int index = type.indexOfProperty(utf8.constData());
        for (int p = 0; index < 0 && p < type.propertyCount(); ++p) {
            if (utf8.compare(type.property(p).name(), Qt::CaseInsensitive) == 0)
                index = p;
        }
        const QMetaProperty property = type.property(index);
        if (index < 0 || !property.isWritable()) {
            return conversion(QStringLiteral("Column %1, \"%2\", has no writable property in %3.")
                                  .arg(i + 1)
                                  .arg(name, QString::fromLatin1(type.className())));
        }
        if (!isReadable(property.metaType())) {
            return conversion(
                QStringLiteral("Column %1, \"%2\", is %3, and there is no decoder for its property's "
                               "type %4; call registerValueDecoder().")
                    .arg(i + 1)
                    .arg(name, columns.at(i).typeName(), QString::fromLatin1(property.typeName())));
        }
        if (const Error error
            = checkColumn(columns.at(i), i, familyOf(property.metaType()), property.typeName()))
            return error;
        m_properties.push_back(property);
    }
    return {};
}

Error GadgetReader::read(const Row &row, void *gadget) const
{
    for (size_t i = 0; i < m_properties.size(); ++i) {
        const QMetaProperty &property = m_properties[i];
        Result<QVariant> value = row.cell(int(i)).toVariant(property.metaType());
        if (!value)
            return value.error();
        if (!property.writeOnGadget(gadget, *value)) {
            return conversion(
                QStringLiteral("Column \"%1\": the property of that name did not take its value.")
                    .arg(row.columns().at(qsizetype(i)).name()));
        }
    }
    return {};
}

} // namespace QAsyncMySql::Internal
