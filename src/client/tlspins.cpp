// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/tlspins.h"

#include "transport/certificatetext.h"

#include <QtCore/QCryptographicHash>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype HashSize = 32;

} // namespace

TlsPin::TlsPin(const QString &text)
{
    constexpr QStringView prefix = u"sha256//";
    m_ofPublicKey = text.startsWith(prefix);
    if (m_ofPublicKey) {
        const auto decoded = QByteArray::fromBase64Encoding(text.sliced(prefix.size()).toLatin1(),
                                                            QByteArray::AbortOnBase64DecodingErrors);
        m_hash = decoded ? *decoded : QByteArray();
    } else {
        const QByteArray digits = QString(text).remove(u':').toLatin1();
        m_hash = QByteArray::fromHex(digits);
        if (m_hash.toHex() != digits.toLower())
            m_hash.clear();
    }
    if (m_hash.size() != HashSize)
        m_hash.clear();
}

bool TlsPin::matches(const QSslCertificate &certificate) const
{
    if (certificate.isNull())
        return false;
    // toDer() of a public key is the SubjectPublicKeyInfo, which is what curl hashes.
    const QByteArray hashed = m_ofPublicKey ? certificate.publicKey().toDer() : certificate.toDer();
    return !isNull() && QCryptographicHash::hash(hashed, QCryptographicHash::Sha256) == m_hash;
}

QString TlsPin::describeMismatch(const QSslCertificate &certificate, const QString &host)
{
    const QByteArray keyHash
        = QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256).toBase64();
    return QStringLiteral("The certificate of the server %1 is none of those that ssl-pin (setSslPins()) "
                          "names. It is %2, "
                          "its public key has the pin sha256//%3. Nothing was sent. If the server's "
                          "certificate was changed on purpose, add that pin.")
        .arg(host, Transport::describe(certificate), QString::fromLatin1(keyHash));
}

} // namespace QAsyncMySql::Internal
