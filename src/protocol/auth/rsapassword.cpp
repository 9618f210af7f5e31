// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/rsapassword.h"

#include "protocol/auth/digest.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr int MinBits = 2048;
constexpr int MaxBits = 8192;
constexpr qsizetype MaxPem = 8192; // bytes; a key of 8192 bits takes 1500

struct Deleter
{
    void operator()(BIO *bio) const noexcept { BIO_free(bio); }
    void operator()(EVP_PKEY *key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX *context) const noexcept { EVP_PKEY_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter>;

Key readKey(QByteArrayView pem, Fault &fault)
{
    constexpr QByteArrayView marker = "-----BEGIN ";
    const qsizetype first = pem.indexOf(marker);
    Key key;
    if (pem.size() <= MaxPem && first >= 0 && pem.indexOf(marker, first + 1) < 0) {
        const std::unique_ptr<BIO, Deleter> bio(BIO_new_mem_buf(pem.data(), int(pem.size())));
        if (bio)
            key.reset(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
        ERR_clear_error();
    }
    if (!key) {
        fault = Fault{Fault::Kind::Security, u"The server's public key is not one key in PEM form."_s};
    } else if (EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA || EVP_PKEY_bits(key.get()) < MinBits
               || EVP_PKEY_bits(key.get()) > MaxBits) {
        fault = Fault{Fault::Kind::Security,
                      u"The server's public key is not an RSA key of 2048 to 8192 bits."_s};
        key.reset();
    }
    return key;
}

QByteArray encrypt(EVP_PKEY *key, const QByteArray &clear)
{
    const std::unique_ptr<EVP_PKEY_CTX, Deleter> context(EVP_PKEY_CTX_new(key, nullptr));
    const auto *from = reinterpret_cast<const unsigned char *>(clear.constData());
    size_t size = 0;
    // OAEP's hash is SHA-1 by default, which is what the servers use.
    if (!context || EVP_PKEY_encrypt_init(context.get()) <= 0
        || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) <= 0
        || EVP_PKEY_encrypt(context.get(), nullptr, &size, from, size_t(clear.size())) <= 0) {
        return {};
    }
    QByteArray result(qsizetype(size), Qt::Uninitialized);
    auto *to = reinterpret_cast<unsigned char *>(result.data());
    if (EVP_PKEY_encrypt(context.get(), to, &size, from, size_t(clear.size())) <= 0)
        return {};
    result.truncate(qsizetype(size));
    return result;
}

} // namespace

QByteArray rsaEncryptPassword(QByteArrayView pem, QByteArrayView challenge, const Secret &password,
                              Fault &fault)
{
    const Key key = readKey(pem, fault);
    if (!key)
        return {};

    QByteArray clear = password.reveal().toByteArray();
    clear.reserve(clear.size() + 1); // detached, so that no copy is left behind
    clear.append('\0');
    QByteArray hidden = xored(clear, challenge);
    OPENSSL_cleanse(clear.data(), size_t(clear.size()));
    const QByteArray result = encrypt(key.get(), hidden);
    OPENSSL_cleanse(hidden.data(), size_t(hidden.size()));
    ERR_clear_error();
    if (result.isEmpty()) {
        fault = Fault{Fault::Kind::Refused,
                      u"The password cannot be encrypted for the server's public key; it may be too long."_s};
        return {};
    }
    return result;
}

} // namespace QAsyncMySql::Protocol
