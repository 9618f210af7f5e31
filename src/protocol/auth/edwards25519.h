// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <array>
#include <span>

//! The arithmetic of the curve edwards25519 (RFC 8032, section 5.1) that OpenSSL keeps to itself. Its time
//! does not depend on the numbers.
namespace QAsyncMySql::Protocol::Edwards25519 {

using Bytes32 = std::array<quint8, 32>; // a number, least significant byte first

//! \a scalar times the base point, encoded.
Bytes32 multiplyBase(const Bytes32 &scalar);
//! \a number (64 bytes) modulo the order of the base point.
Bytes32 reduce(std::span<const quint8, 64> number);
//! a * b + c modulo the order of the base point.
Bytes32 multiplyAdd(const Bytes32 &a, const Bytes32 &b, const Bytes32 &c);

} // namespace QAsyncMySql::Protocol::Edwards25519
