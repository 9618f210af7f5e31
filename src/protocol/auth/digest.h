// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <initializer_list>

namespace QAsyncMySql::Protocol {

//! Hashes of OpenSSL, over all \a parts one after the other. Empty if OpenSSL refuses (a FIPS set-up and
//! SHA-1, for example).
QByteArray sha1(std::initializer_list<QByteArrayView> parts);
QByteArray sha256(std::initializer_list<QByteArrayView> parts);
QByteArray sha512(std::initializer_list<QByteArrayView> parts);

//! \a data XORed with \a key, which is repeated as often as needed and must not be empty.
QByteArray xored(QByteArrayView data, QByteArrayView key);

} // namespace QAsyncMySql::Protocol
