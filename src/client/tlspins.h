// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QSslCertificate;
QT_END_NAMESPACE

namespace QAsyncMySql::Internal {

//! One certificate that a server may have, by the SHA-256 hash of the certificate or of its public key.
class TlsPin
{
public:
    //! From \c{sha256//BASE64} or 64 hexadecimal digits, as in ConnectOptions::setSslPins(); null for other
    //! texts.
    explicit TlsPin(const QString &text);
    bool isNull() const noexcept { return m_hash.isEmpty(); }
    bool matches(const QSslCertificate &certificate) const;
    //! The error for a server with a \a certificate that no pin matches.
    static QString describeMismatch(const QSslCertificate &certificate, const QString &host);

private:
    QByteArray m_hash;
    bool m_ofPublicKey = false;
};

} // namespace QAsyncMySql::Internal
