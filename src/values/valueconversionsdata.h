// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/valueconversions.h>

#include <QtCore/QSharedData>

#include <memory>
#include <vector>

namespace QAsyncMySql {

//! What a ValueConversions holds.
class ValueConversionsData : public QSharedData
{
public:
    struct Entry
    {
        QString typeName; // null: by type
        ColumnType type = ColumnType::Null;
        QMetaType metaType;
        std::shared_ptr<const ValueConversions::Converter> converter;
        friend bool operator==(const Entry &, const Entry &) = default;
    };
    std::vector<Entry> entries;
    ValueConversions::ZeroDates zeroDates = ValueConversions::ZeroDates::Null;
    bool tinyIntAsBool = false;
    bool decimalAsDouble = false;
    bool uuidAsQUuid = false;
    bool inetAsHostAddress = false;

    void set(const QString &typeName, ColumnType type, QMetaType metaType,
             ValueConversions::Converter converter);
    //! The program's converter for \a column, or null.
    const Entry *find(const Column &column) const;
    //! The type that the options (not the converters) give values of \a column; invalid for the default.
    QMetaType metaTypeOf(const Column &column) const;
};

namespace Internal {
//! What becomes of zero dates in the column of \a cell.
ValueConversions::ZeroDates zeroDatesOf(const Cell &cell) noexcept;
} // namespace Internal

} // namespace QAsyncMySql
