// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QtEndian>

#include <openssl/evp.h>

#include <memory>

/*
    Files as mysql_config_editor writes them, made by hand. Needs OpenSSL::Crypto.
*/
namespace Test {

inline const QByteArray loginKey = QByteArray::fromHex("0b1c0715021d1f0a04090e1a10130d1c111e0f01");

inline QByteArray ciphered(QByteArray line)
{
    // The last four bytes of the key fall onto its first ones.
    QByteArray key = loginKey.first(16);
    for (int i = 0; i < 4; ++i)
        key[i] = char(key.at(i) ^ loginKey.at(16 + i));
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  &EVP_CIPHER_CTX_free);
    const auto bytes = [](QByteArray &array) { return reinterpret_cast<unsigned char *>(array.data()); };
    QByteArray out(line.size() + 16, '\0');
    int size = 0;
    int rest = 0;
    EVP_EncryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, bytes(key), nullptr);
    EVP_EncryptUpdate(context.get(), bytes(out), &size, bytes(line), int(line.size()));
    EVP_EncryptFinal_ex(context.get(), bytes(out) + size, &rest);
    out.truncate(size + rest);
    QByteArray length(4, '\0');
    qToLittleEndian(quint32(out.size()), length.data());
    return length + out;
}

//! What mysql_config_editor would write for \a text, an option file.
inline QByteArray loginPathFileOf(const QByteArray &text)
{
    QByteArray file = QByteArray(4, '\0') + loginKey;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty())
            file += ciphered(line + '\n');
    }
    return file;
}

} // namespace Test
