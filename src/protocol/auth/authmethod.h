// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"

#include <QAsyncMySql/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <memory>

namespace QAsyncMySql::Protocol {

//! What the line is like that an authentication runs over.
struct Channel
{
    bool confidential = false; // TLS or local socket: nobody listens
    bool identityVerified = false; // ... and we know to whom we talk
    bool tls = false; // ... and it is TLS (sha256_password wants that)
    bool publicKeyRetrieval = false;
    QByteArray serverPublicKey; // PEM
};

//! One authentication plugin's side of the exchange.
class AuthMethod
{
public:
    virtual ~AuthMethod();
    //! The plugin's name on the wire.
    virtual QByteArrayView name() const noexcept = 0;
    //! The first answer to \a challenge (its trailing NUL removed). On a fault, returns null and fault() says
    //! why.
    virtual QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) = 0;
    /*! Answers AuthMoreData. A null array means "say nothing, wait on". */
    virtual QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) = 0;

    const Fault &fault() const noexcept { return m_fault; }

    //! The plugin called \a name, or null if we have none.
    static std::unique_ptr<AuthMethod> create(QByteArrayView name);

protected:
    static constexpr qsizetype ChallengeSize = 20; // of all methods here

    //! Fails for data that has no meaning at this point.
    QByteArray unexpectedData();
    //! False, and failed, if \a challenge has not ChallengeSize bytes.
    bool checkChallenge(QByteArrayView challenge);
    /*! The password and a NUL behind it: the form in which it is sent where it may be. A password that
        contains a NUL is refused. */
    QByteArray clearPassword(const Secret &password);
    //! Fails because \a channel is none for the password itself.
    QByteArray refusePassword(const Channel &channel);
    QByteArray failWith(Fault::Kind kind, const QString &text)
    {
        m_fault = Fault{kind, text};
        return {};
    }

private:
    Fault m_fault;
};

} // namespace QAsyncMySql::Protocol
