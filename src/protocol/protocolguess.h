// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace QAsyncMySql::Protocol {

//! Tells from the first bytes of a peer that it speaks another protocol: a full sentence, or nothing.
QString guessProtocol(QByteArrayView bytes);

} // namespace QAsyncMySql::Protocol
