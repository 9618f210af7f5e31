// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/loginfile.h"

#include <QtCore/QtEndian>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

namespace QAsyncMySql::Internal {

namespace {

/* 4 bytes that are not used, 20 bytes of key, and then each line: 4 bytes of its length (little endian) and
   the line in AES, with the padding of PKCS #7 (MySQL's mysql_config_editor; MariaDB has no such file). */
constexpr qsizetype UnusedSize = 4;
constexpr qsizetype LoginKeySize = 20;
constexpr qsizetype LengthSize = 4;
constexpr qsizetype BlockSize = 16;

using Key = std::array<unsigned char, BlockSize>;

struct ContextDeleter
{
    void operator()(EVP_CIPHER_CTX *context) const noexcept { EVP_CIPHER_CTX_free(context); }
};

//! Longer keys are folded into the length of one.
Key foldedKey(QByteArrayView loginKey)
{
    Key key{};
    for (qsizetype i = 0; i < loginKey.size(); ++i) {
        unsigned char &byte = key.at(size_t(i % BlockSize));
        byte = static_cast<unsigned char>(byte ^ static_cast<unsigned char>(loginKey[i]));
    }
    return key;
}

//! Appends what \a line says to \a text; false if it is no line under this key.
bool decipher(const Key &key, QByteArrayView line, QByteArray &text)
{
    const std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter> context(EVP_CIPHER_CTX_new());
    if (!context || EVP_DecryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, key.data(), nullptr) != 1)
        return false;
    const qsizetype begin = text.size();
    text.resize(begin + line.size() + BlockSize);
    auto *out = reinterpret_cast<unsigned char *>(text.data()) + begin;
    int size = 0;
    int rest = 0;
    const bool good
        = EVP_DecryptUpdate(context.get(), out, &size, reinterpret_cast<const unsigned char *>(line.data()),
                            int(line.size()))
            == 1
        && EVP_DecryptFinal_ex(context.get(), out + size, &rest) == 1;
    OPENSSL_cleanse(out + size + rest, size_t(line.size() + BlockSize - size - rest));
    text.resize(good ? begin + size + rest : begin);
    return good;
}

Error damaged(qsizetype at, const QString &why)
{
    return Error(Error::Kind::Usage, QStringLiteral("is damaged at byte %1: %2").arg(at).arg(why),
                 Error::Outcome::NotSent, Error::Phase::Connecting);
}

} // namespace

Result<QByteArray> decodeLoginFile(QByteArrayView bytes)
{
    if (bytes.size() < UnusedSize + LoginKeySize)
        return damaged(bytes.size(), QStringLiteral("it ends before its key does"));
    const Key key = foldedKey(bytes.sliced(UnusedSize, LoginKeySize));
    QByteArray text;
    text.reserve(bytes.size() + BlockSize); // never moved, so that no copy is left behind
    for (qsizetype at = UnusedSize + LoginKeySize; at < bytes.size();) {
        if (bytes.size() - at < LengthSize)
            return damaged(at, QStringLiteral("it ends within the length of a line"));
        const auto size = qsizetype(qFromLittleEndian<quint32>(bytes.data() + at));
        const qsizetype begin = at + LengthSize;
        if (size == 0 || size % BlockSize != 0 || size > bytes.size() - begin)
            return damaged(at, QStringLiteral("no line can be %1 bytes long there").arg(size));
        if (!decipher(key, bytes.sliced(begin, size), text))
            return damaged(begin, QStringLiteral("the line cannot be deciphered"));
        at = begin + size;
    }
    return text;
}

} // namespace QAsyncMySql::Internal
