// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/parsec.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr qsizetype SaltSize = 18;
constexpr qsizetype KeySize = 32;
constexpr qsizetype NonceSize = 32;
constexpr size_t SignatureSize = 64;
constexpr int MaxExponent = 3; // of the iterations; more would let a server keep us busy

struct Deleter
{
    void operator()(EVP_PKEY *key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX *context) const noexcept { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter>;

// PBKDF2 gives the seed of an Ed25519 key.
Key deriveKey(const Secret &password, QByteArrayView salt, int exponent)
{
    std::array<unsigned char, size_t(KeySize)> seed;
    const bool derived
        = PKCS5_PBKDF2_HMAC(password.reveal().data(), int(password.reveal().size()),
                            reinterpret_cast<const unsigned char *>(salt.data()), int(salt.size()),
                            1024 << exponent, EVP_sha512(), int(seed.size()), seed.data())
        == 1;
    Key key;
    if (derived)
        key.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    OPENSSL_cleanse(seed.data(), seed.size());
    return key;
}

QByteArray sign(EVP_PKEY *key, const QByteArray &message)
{
    const std::unique_ptr<EVP_MD_CTX, Deleter> context(EVP_MD_CTX_new());
    std::array<unsigned char, SignatureSize> signature;
    size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1
        || EVP_DigestSign(context.get(), signature.data(), &size,
                          reinterpret_cast<const unsigned char *>(message.constData()),
                          size_t(message.size()))
            != 1)
        return {};
    return QByteArray(reinterpret_cast<const char *>(signature.data()), qsizetype(size));
}

QByteArray publicKeyOf(EVP_PKEY *key)
{
    QByteArray result(KeySize, Qt::Uninitialized);
    size_t size = size_t(KeySize);
    if (EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char *>(result.data()), &size) != 1)
        return {};
    return result;
}

// Our nonce, the signature, and the public key; empty if OpenSSL refuses something.
QByteArray prove(const QByteArray &challenge, const QByteArray &parameters, const Secret &password)
{
    QByteArray nonce(NonceSize, Qt::Uninitialized);
    QByteArray result;
    if (RAND_bytes(reinterpret_cast<unsigned char *>(nonce.data()), int(nonce.size())) == 1) {
        if (const Key key = deriveKey(password, QByteArrayView(parameters).sliced(2), parameters[1])) {
            const QByteArray signature = sign(key.get(), challenge + nonce);
            const QByteArray publicKey = publicKeyOf(key.get());
            if (!signature.isEmpty() && !publicKey.isEmpty())
                result = nonce + signature + publicKey;
        }
    }
    ERR_clear_error();
    return result;
}

} // namespace

// An empty packet asks for the salt (MariaDB manual, "Authentication Plugin - PARSEC").
QByteArray Parsec::start(QByteArrayView challenge, const Secret &password, const Channel &channel)
{
    Q_UNUSED(password)
    Q_UNUSED(channel)
    if (!checkChallenge(challenge))
        return {};
    m_challenge = challenge.toByteArray();
    return QByteArray("");
}

QByteArray Parsec::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    Q_UNUSED(channel)
    if (!m_parameters.isNull())
        return unexpectedData();
    if (data.size() != 2 + SaltSize || data[0] != 'P') {
        return failWith(Fault::Kind::Malformed,
                        u"The server's parameters for parsec are not a salt of 18 bytes for PBKDF2."_s);
    }
    if (quint8(data[1]) > MaxExponent) {
        return failWith(Fault::Kind::Limit,
                        u"The server wants parsec with 1024 * 2^" % QString::number(quint8(data[1]))
                            % u" iterations; at most 1024 * 2^3 are made.");
    }
    m_parameters = data.toByteArray();
    // A few milliseconds of work, which a GUI would feel.
    AuthQuestion question;
    question.work = [challenge = m_challenge, parameters = m_parameters, password] {
        return prove(challenge, parameters, password);
    };
    return ask(std::move(question));
}

QByteArray Parsec::answered(QByteArray &&answer)
{
    if (answer.isEmpty())
        return failWith(Fault::Kind::Refused, u"OpenSSL refuses PBKDF2 or Ed25519, which parsec needs."_s);
    m_publicKey = answer.last(KeySize);
    answer.chop(KeySize);
    return std::move(answer);
}

QByteArray Parsec::storedHash(const Secret &password) const
{
    Q_UNUSED(password)
    return m_publicKey.isEmpty() ? QByteArray() : QByteArray(m_parameters + m_publicKey);
}

} // namespace QAsyncMySql::Protocol
