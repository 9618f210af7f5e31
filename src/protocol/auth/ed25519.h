// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

/*!
    Signs \a message as Ed25519 (RFC 8032, section 5.1.6), but with the SHA-512 hash of \a secret, which may
    have any size, where the RFC has that of a seed of 32 bytes. MariaDB's ed25519 accounts are made like
   that, which OpenSSL's interface cannot do. Returns 64 bytes, and the 32 bytes of the public key in \a
   publicKey; empty if OpenSSL refuses SHA-512.

    Neither branches nor array indices depend on the secret.
*/
QByteArray ed25519Sign(QByteArrayView secret, QByteArrayView message, QByteArray &publicKey);

} // namespace QAsyncMySql::Protocol
