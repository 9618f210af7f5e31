// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/ed25519.h"

#include "protocol/auth/digest.h"
#include "protocol/auth/edwards25519.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace QAsyncMySql::Protocol {

namespace {

using Edwards25519::Bytes32;

std::span<const quint8, 64> asNumber(const QByteArray &hash)
{
    return std::span<const quint8, 64>(reinterpret_cast<const quint8 *>(hash.constData()), 64);
}

QByteArrayView view(const Bytes32 &bytes)
{
    return QByteArrayView(bytes.data(), qsizetype(bytes.size()));
}

} // namespace

QByteArray ed25519Sign(QByteArrayView secret, QByteArrayView message, QByteArray &publicKey)
{
    QByteArray expanded = sha512({secret});
    if (expanded.isEmpty())
        return {};
    Bytes32 key;
    std::copy_n(expanded.constData(), key.size(), key.begin());
    key[0] &= 0xF8;
    key[31] = quint8((key[31] & 0x3F) | 0x40);
    const Bytes32 point = Edwards25519::multiplyBase(key);

    QByteArray nonceHash = sha512({QByteArrayView(expanded).sliced(32), message});
    Bytes32 nonce = Edwards25519::reduce(asNumber(nonceHash));
    const Bytes32 commitment = Edwards25519::multiplyBase(nonce);

    const QByteArray challengeHash = sha512({view(commitment), view(point), message});
    const Bytes32 challenge = Edwards25519::reduce(asNumber(challengeHash));
    const Bytes32 answer = Edwards25519::multiplyAdd(challenge, key, nonce);

    publicKey = view(point).toByteArray();
    OPENSSL_cleanse(expanded.data(), size_t(expanded.size()));
    OPENSSL_cleanse(nonceHash.data(), size_t(nonceHash.size()));
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(nonce.data(), nonce.size());
    return view(commitment).toByteArray().append(view(answer));
}

} // namespace QAsyncMySql::Protocol
