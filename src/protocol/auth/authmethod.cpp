// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/authmethod.h"

#include "protocol/auth/cachingsha2password.h"
#include "protocol/auth/clearpassword.h"
#include "protocol/auth/cliented25519.h"
#include "protocol/auth/nativepassword.h"
#include "protocol/auth/parsec.h"
#include "protocol/auth/sha256password.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

AuthMethod::~AuthMethod() = default;

std::unique_ptr<AuthMethod> AuthMethod::create(QByteArrayView name)
{
    if (name == CachingSha2Password::Name)
        return std::make_unique<CachingSha2Password>();
    if (name == NativePassword::Name)
        return std::make_unique<NativePassword>();
    if (name == Sha256Password::Name)
        return std::make_unique<Sha256Password>();
    if (name == ClientEd25519::Name)
        return std::make_unique<ClientEd25519>();
    if (name == Parsec::Name)
        return std::make_unique<Parsec>();
    if (name == ClearPassword::Name)
        return std::make_unique<ClearPassword>();
    return nullptr;
}

bool AuthMethod::provesServer(QByteArrayView name)
{
    return name == NativePassword::Name || name == ClientEd25519::Name || name == Parsec::Name;
}

bool AuthMethod::isClearPassword(QByteArrayView name)
{
    return name == ClearPassword::Name || name == QByteArrayView("dialog");
}

QByteArray AuthMethod::storedHash(const Secret &password) const
{
    Q_UNUSED(password)
    return {};
}

QByteArray AuthMethod::unexpectedData()
{
    return failWith(Fault::Kind::Unexpected,
                    u"The server sent data that the authentication method " % QString::fromLatin1(name())
                        % u" does not know.");
}

bool AuthMethod::checkChallenge(QByteArrayView challenge)
{
    if (challenge.size() == challengeSize())
        return true;
    failWith(Fault::Kind::Malformed,
             u"The server's challenge for " % QString::fromLatin1(name()) % u" has "
                 % QString::number(challenge.size()) % u" bytes instead of "
                 % QString::number(challengeSize()) % u'.');
    return false;
}

QByteArray AuthMethod::clearPassword(const Secret &password)
{
    if (password.reveal().contains('\0'))
        return failWith(Fault::Kind::Refused,
                        u"The password contains a NUL character, which cannot be sent."_s);
    QByteArray result;
    result.reserve(password.reveal().size() + 1); // never moved: no copy is left behind
    result.append(password.reveal());
    result.append('\0');
    return result;
}

// MySQL asks for it also when there is no such user, so as not to tell who exists.
QByteArray AuthMethod::refusePassword(const Channel &channel)
{
    const QStringView reason
        = channel.confidential ? u"its identity is not proven" : u"the line is not encrypted";
    const QStringView wayOut = channel.confidential || isClearPassword(name())
        ? u"."
        : u", give the server's public key, or allow public key retrieval.";
    return failWith(Fault::Kind::Security,
                    u"The server wants the password itself (" % QString::fromLatin1(name())
                        % u"; a wrong user name may be why), but " % reason
                        % u", so it was not sent. Use TLS with verification of the certificate" % wayOut);
}

} // namespace QAsyncMySql::Protocol
