// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Internal {

//! Appends \a utf8 as a JSON string. What is not UTF-8 becomes U+FFFD; all control characters are escaped.
void appendJsonString(QByteArray &out, QByteArrayView utf8);

//! Appends a number, as a string where a double does not hold it exactly.
void appendJsonInteger(QByteArray &out, qint64 value);
void appendJsonInteger(QByteArray &out, quint64 value);

} // namespace QAsyncMySql::Internal
