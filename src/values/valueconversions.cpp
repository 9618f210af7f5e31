// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/valueconversions.h>

#include "values/columndata.h"

#include <QtCore/QUuid>
#include <QtNetwork/QHostAddress>

#include <algorithm>

namespace QAsyncMySql {

namespace {

ValueConversionsData *writable(QSharedDataPointer<ValueConversionsData> &data)
{
    if (!data)
        data = new ValueConversionsData;
    return data.data();
}

} // namespace

void ValueConversionsData::set(const QString &typeName, ColumnType type, QMetaType metaType,
                               ValueConversions::Converter converter)
{
    std::erase_if(entries, [&](const Entry &entry) {
        return typeName.isNull() ? entry.typeName.isNull() && entry.type == type : entry.typeName == typeName;
    });
    if (converter) {
        entries.push_back({typeName, type, metaType,
                           std::make_shared<const ValueConversions::Converter>(std::move(converter))});
    }
}

const ValueConversionsData::Entry *ValueConversionsData::find(const Column &column) const
{
    if (entries.empty())
        return nullptr;
    const QString typeName = column.typeName();
    const Entry *byType = nullptr;
    for (const Entry &entry : entries) {
        if (!entry.typeName.isNull() && entry.typeName.compare(typeName, Qt::CaseInsensitive) == 0)
            return &entry;
        if (entry.typeName.isNull() && entry.type == column.type())
            byType = &entry;
    }
    return byType;
}

QMetaType ValueConversionsData::metaTypeOf(const Column &column) const
{
    const ColumnData *facts = column.constData();
    switch (facts->type) {
    case ColumnType::Tiny:
        return tinyIntAsBool && facts->length == 1 ? QMetaType(QMetaType::Bool) : QMetaType();
    case ColumnType::Decimal:
    case ColumnType::NewDecimal:
        return decimalAsDouble ? QMetaType(QMetaType::Double) : QMetaType();
    default:
        break;
    }
    if (uuidAsQUuid && facts->extendedType == "uuid")
        return QMetaType(QMetaType::QUuid);
    if (inetAsHostAddress && (facts->extendedType == "inet4" || facts->extendedType == "inet6"))
        return QMetaType::fromType<QHostAddress>();
    return {};
}

ValueConversions::ValueConversions() = default;
ValueConversions::ValueConversions(const ValueConversions &other) noexcept = default;
ValueConversions::ValueConversions(ValueConversions &&other) noexcept = default;
ValueConversions &ValueConversions::operator=(const ValueConversions &other) noexcept = default;
ValueConversions &ValueConversions::operator=(ValueConversions &&other) noexcept = default;
ValueConversions::~ValueConversions() = default;

ValueConversions::ZeroDates ValueConversions::zeroDates() const noexcept
{
    return d ? d->zeroDates : ZeroDates::Null;
}

ValueConversions &ValueConversions::setZeroDates(ZeroDates policy)
{
    writable(d)->zeroDates = policy;
    return *this;
}

bool ValueConversions::tinyIntAsBool() const noexcept
{
    return d && d->tinyIntAsBool;
}

ValueConversions &ValueConversions::setTinyIntAsBool(bool on)
{
    writable(d)->tinyIntAsBool = on;
    return *this;
}

bool ValueConversions::decimalAsDouble() const noexcept
{
    return d && d->decimalAsDouble;
}

ValueConversions &ValueConversions::setDecimalAsDouble(bool on)
{
    writable(d)->decimalAsDouble = on;
    return *this;
}

bool ValueConversions::uuidAsQUuid() const noexcept
{
    return d && d->uuidAsQUuid;
}

ValueConversions &ValueConversions::setUuidAsQUuid(bool on)
{
    writable(d)->uuidAsQUuid = on;
    return *this;
}

bool ValueConversions::inetAsHostAddress() const noexcept
{
    return d && d->inetAsHostAddress;
}

ValueConversions &ValueConversions::setInetAsHostAddress(bool on)
{
    writable(d)->inetAsHostAddress = on;
    return *this;
}

ValueConversions &ValueConversions::setConverter(ColumnType type, QMetaType metaType, Converter converter)
{
    writable(d)->set({}, type, metaType, std::move(converter));
    return *this;
}

ValueConversions &ValueConversions::setConverter(const QString &typeName, QMetaType metaType,
                                                 Converter converter)
{
    writable(d)->set(typeName, ColumnType::Null, metaType, std::move(converter));
    return *this;
}

bool operator==(const ValueConversions &a, const ValueConversions &b) noexcept
{
    return a.zeroDates() == b.zeroDates() && a.tinyIntAsBool() == b.tinyIntAsBool()
        && a.decimalAsDouble() == b.decimalAsDouble() && a.uuidAsQUuid() == b.uuidAsQUuid()
        && a.inetAsHostAddress() == b.inetAsHostAddress()
        && (a.d ? a.d->entries : std::vector<ValueConversionsData::Entry>())
        == (b.d ? b.d->entries : std::vector<ValueConversionsData::Entry>());
}

} // namespace QAsyncMySql
