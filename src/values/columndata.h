// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/characterset.h"
#include "values/valueconversionsdata.h"

#include <QAsyncMySql/column.h>

#include <QtCore/QSharedData>

namespace QAsyncMySql {

//! What a Column holds: the fields of a column definition packet, the texts as UTF-8.
class ColumnData : public QSharedData
{
public:
    QByteArray schema;
    QByteArray table;
    QByteArray originalTable;
    QByteArray name;
    QByteArray originalName;
    QByteArray extendedType; // MariaDB: "uuid", "inet6", ...
    QByteArray extendedFormat; // MariaDB: "json"
    QSharedDataPointer<ValueConversionsData> conversions; // the connection's; null for the defaults
    const Internal::CharacterSet *characterSet = nullptr; // of texts that do not come in UTF-8
    quint32 length = 0;
    quint16 charset = Column::BinaryCharset;
    quint16 flags = 0;
    ColumnType type = ColumnType::Null;
    quint8 decimals = 0;
};

} // namespace QAsyncMySql
