// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/certificateissuer.h"

#include <QtCore/QFile>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace QAsyncMySql::Internal {

namespace {

using BioPointer = std::unique_ptr<BIO, OpenSslDeleter<BIO_free_all>>;
using KeyContextPointer = std::unique_ptr<EVP_PKEY_CTX, OpenSslDeleter<EVP_PKEY_CTX_free>>;
using ExtensionPointer = std::unique_ptr<X509_EXTENSION, OpenSslDeleter<X509_EXTENSION_free>>;

KeyPointer makeKey()
{
    const KeyContextPointer context(EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) <= 0
        || EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1) <= 0
        || EVP_PKEY_CTX_set_ec_param_enc(context.get(), OPENSSL_EC_NAMED_CURVE) <= 0
        || EVP_PKEY_keygen(context.get(), &key) <= 0)
        return nullptr;
    return KeyPointer(key);
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

QByteArray alternativeNames(const QStringList &names)
{
    QByteArrayList entries;
    for (const QString &name : names) {
        const bool isAddress = name.contains(u':') || (!name.isEmpty() && name.at(0).isDigit());
        entries.append((isAddress ? "IP:" : "DNS:") + name.toLatin1());
    }
    return entries.join(',');
}

bool addExtensions(X509 *certificate, X509 *issuer, const CertificateRequest &request)
{
    const bool isAuthority = !request.usage;
    return addExtension(certificate, issuer, NID_basic_constraints,
                        isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE")
        && addExtension(certificate, issuer, NID_key_usage,
                        isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature")
        && addExtension(certificate, issuer, NID_subject_key_identifier, "hash")
        && addExtension(certificate, issuer, NID_authority_key_identifier, "keyid")
        && (isAuthority || addExtension(certificate, issuer, NID_ext_key_usage, request.usage))
        && (request.names.isEmpty()
            || addExtension(certificate, issuer, NID_subject_alt_name, alternativeNames(request.names)));
}

bool setSerialNumber(X509 *certificate)
{
    // A random positive number: two authorities of one name must not give the same one.
    unsigned char bytes[8];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    quint64 number = 0;
    for (const unsigned char byte : bytes)
        number = (number << 8) | byte;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (number >> 1) | 1) == 1;
}

bool setValidity(X509 *certificate, int days)
{
    constexpr long Day = 24 * 60 * 60;
    // Begins early, for clocks that differ; one that has ended was valid for a day.
    const long begin = days < 0 ? (days - 1) * Day : -Day;
    return X509_gmtime_adj(X509_getm_notBefore(certificate), begin)
        && X509_gmtime_adj(X509_getm_notAfter(certificate), days * Day);
}

bool writeFile(const QString &path, QFile::Permissions permissions, BIO *content, QString *error)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(content, &data);
    QFile::remove(path);
    QFile file(path);
    // The permissions are set before there is anything to read.
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !file.setPermissions(permissions)
        || file.write(data, size) != size || !file.flush()) {
        *error = QStringLiteral("Cannot write %1: %2").arg(path, file.errorString());
        return false;
    }
    return true;
}

} // namespace

IssuedCertificate IssuedCertificate::issue(const CertificateRequest &request, const IssuedCertificate *issuer)
{
    IssuedCertificate result;
    result.key = makeKey();
    CertificatePointer certificate(X509_new());
    if (!result.key || !certificate)
        return {};

    X509_NAME *subject = X509_get_subject_name(certificate.get());
    const QByteArray commonName = request.commonName.toUtf8();
    const X509_NAME *issuerName = issuer ? X509_get_subject_name(issuer->certificate.get()) : subject;
    const bool ok = X509_set_version(certificate.get(), 2) == 1 // counted from 0: version 3
        && setSerialNumber(certificate.get()) && setValidity(certificate.get(), request.validDays)
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(commonName.constData()),
                                      int(commonName.size()), -1, 0)
            == 1
        && X509_set_issuer_name(certificate.get(), const_cast<X509_NAME *>(issuerName)) == 1
        && X509_set_pubkey(certificate.get(), result.key.get()) == 1
        && addExtensions(certificate.get(), issuer ? issuer->certificate.get() : certificate.get(), request)
        && X509_sign(certificate.get(), issuer ? issuer->key.get() : result.key.get(), EVP_sha256()) > 0;
    if (!ok)
        return {};
    result.certificate = std::move(certificate);
    return result;
}

bool IssuedCertificate::save(const QString &certificatePath, const QString &keyPath, QString *error) const
{
    const BioPointer buffer(BIO_new(BIO_s_mem()));
    if (!buffer || PEM_write_bio_X509(buffer.get(), certificate.get()) != 1) {
        *error = errorString();
        return false;
    }
    const QFile::Permissions readable
        = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    if (!writeFile(certificatePath, readable, buffer.get(), error))
        return false;
    if (keyPath.isEmpty())
        return true;

    const BioPointer keyBuffer(BIO_new(BIO_s_mem()));
    if (!keyBuffer
        || PEM_write_bio_PKCS8PrivateKey(keyBuffer.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr)
            != 1) {
        *error = errorString();
        return false;
    }
    return writeFile(keyPath, QFile::ReadOwner | QFile::WriteOwner, keyBuffer.get(), error);
}

QString IssuedCertificate::errorString()
{
    char text[256] = "unknown error";
    if (const unsigned long code = ERR_get_error())
        ERR_error_string_n(code, text, sizeof text);
    return QStringLiteral("Cannot make the certificates: OpenSSL says: %1").arg(QString::fromLatin1(text));
}

} // namespace QAsyncMySql::Internal
