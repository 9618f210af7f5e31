// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace QAsyncMySql::Internal {

template <auto Free> struct OpenSslDeleter
{
    template <class T> void operator()(T *object) const { Free(object); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, OpenSslDeleter<EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, OpenSslDeleter<X509_free>>;

//! What is to stand in a certificate.
class CertificateRequest
{
public:
    QString commonName;
    QStringList names; //!< subject alternative names: host names and addresses
    const char *usage = nullptr; //!< extended key usage in OpenSSL's words; null for an authority
    int validDays = 3650; //!< counted from now; negative for one that has ended
};

//! A certificate with its private key, EC P-256. Null pointers when OpenSSL failed, see errorString().
class IssuedCertificate
{
public:
    //! Signed by \a issuer, or by itself when that is null.
    static IssuedCertificate issue(const CertificateRequest &request, const IssuedCertificate *issuer);

    bool isValid() const { return key && certificate; }
    //! Writes PEM files; the key (if \a keyPath is not empty) readable by its owner only.
    bool save(const QString &certificatePath, const QString &keyPath, QString *error) const;
    //! OpenSSL's latest error in words.
    static QString errorString();

    KeyPointer key;
    CertificatePointer certificate;
};

} // namespace QAsyncMySql::Internal
