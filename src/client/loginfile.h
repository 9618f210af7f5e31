// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/result.h>

#include <QtCore/QByteArray>

namespace QAsyncMySql::Internal {

/*!
    The text in a login path file: an option file, line by line in AES-128 (ECB) under a key that stands
   before it. An Error of kind Usage says at which byte it is damaged.
*/
Result<QByteArray> decodeLoginFile(QByteArrayView bytes);

} // namespace QAsyncMySql::Internal
