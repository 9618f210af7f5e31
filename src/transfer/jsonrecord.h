// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transfer/recordreader.h"

namespace QAsyncMySql::Internal {

/*!
    Reads one JSON object (RFC 8259) as a record: its members are the fields. Numbers keep all their digits,
    and nested objects and arrays their text, which QJsonDocument would not.
*/
void parseJsonRecord(QByteArrayView text, Record &record);

} // namespace QAsyncMySql::Internal
