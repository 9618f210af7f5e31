// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/digest.h"

#include <openssl/evp.h>

#include <memory>

namespace QAsyncMySql::Protocol {

namespace {

struct ContextDeleter
{
    void operator()(EVP_MD_CTX *context) const noexcept { EVP_MD_CTX_free(context); }
};

QByteArray hash(const EVP_MD *algorithm, std::initializer_list<QByteArrayView> parts)
{
    const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(EVP_MD_CTX_new());
    if (!context || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1)
        return {};
    for (const QByteArrayView part : parts) {
        if (EVP_DigestUpdate(context.get(), part.data(), size_t(part.size())) != 1)
            return {};
    }
    QByteArray digest(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(digest.data()), &size) != 1)
        return {};
    digest.truncate(qsizetype(size));
    return digest;
}

} // namespace

QByteArray sha1(std::initializer_list<QByteArrayView> parts)
{
    return hash(EVP_sha1(), parts);
}

QByteArray sha256(std::initializer_list<QByteArrayView> parts)
{
    return hash(EVP_sha256(), parts);
}

QByteArray sha512(std::initializer_list<QByteArrayView> parts)
{
    return hash(EVP_sha512(), parts);
}

QByteArray xored(QByteArrayView data, QByteArrayView key)
{
    Q_ASSERT(!key.isEmpty());
    QByteArray result = data.toByteArray();
    for (qsizetype i = 0; i < result.size(); ++i)
        result[i] = char(result[i] ^ key[i % key.size()]);
    return result;
}

} // namespace QAsyncMySql::Protocol
