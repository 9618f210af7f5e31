// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/scriptvalue.h"

namespace QAsyncMySql::Internal {

QVariant scriptValue(const Row &row, int column)
{
    constexpr qint64 exact = Q_INT64_C(1) << 53;
    const QVariant value = row.value(column);
    if (value.isNull())
        return QVariant::fromValue(nullptr);
    switch (value.typeId()) {
    case QMetaType::LongLong: {
        const qint64 number = value.toLongLong();
        return number > exact || number < -exact ? QVariant(QString::number(number)) : value;
    }
    case QMetaType::ULongLong: {
        const quint64 number = value.toULongLong();
        return number > quint64(exact) ? QVariant(QString::number(number)) : value;
    }
    default:
        return value;
    }
}

QVariantMap scriptRow(const Row &row)
{
    QVariantMap map;
    for (int i = 0; i < row.columnCount(); ++i)
        map.insert(row.columns().at(i).name(), scriptValue(row, i));
    return map;
}

} // namespace QAsyncMySql::Internal
