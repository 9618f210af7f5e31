// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"

#include <QAsyncMySql/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <functional>
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
    bool clearPasswords = false; // the program allows methods that are nothing but the password
    QByteArray fingerprint; // of the certificate, if the server is to prove itself by the password

    bool mayCarryPassword() const noexcept { return confidential && identityVerified; }
};

//! What a method cannot do by itself; see Authentication::question().
struct AuthQuestion
{
    enum class Kind : quint8
    {
        Work, // to run work() in any thread
        Plugin, // to ask the program's own plugin
        Password, // to ask the program for the password of a factor
    };
    Kind kind = Kind::Work;
    std::function<QByteArray()> work;
    QByteArray method;
    QByteArray data; // what the server sent for the method
    bool isFirst = true; // ... begins it
    int factor = 1;
};

//! One authentication plugin's side of the exchange.
class AuthMethod
{
public:
    virtual ~AuthMethod();
    //! The plugin's name on the wire.
    virtual QByteArrayView name() const noexcept = 0;
    /*! The first answer to \a challenge (its trailing NUL removed). Null with a fault(), which says why not,
       or with a question(): then answered() makes the answer. */
    virtual QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) = 0;
    /*! Answers AuthMoreData. A null array without either means "say nothing, wait on". */
    virtual QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) = 0;
    //! What to say once question() has this answer; null as for more().
    virtual QByteArray answered(QByteArray &&answer) { return std::move(answer); }
    //! What the server keeps of the password, with which it can prove that it knows it (MariaDB,
    //! "Zero-Configuration TLS"). Empty if the method has nothing of the kind.
    virtual QByteArray storedHash(const Secret &password) const;
    //! Bytes of the challenge; 0 if any number will do.
    virtual qsizetype challengeSize() const noexcept { return 20; }

    const Fault &fault() const noexcept { return m_fault; }
    const AuthQuestion *question() const noexcept { return m_question.get(); }
    void dropQuestion() { m_question.reset(); }

    //! The plugin called \a name, or null if we have none.
    static std::unique_ptr<AuthMethod> create(QByteArrayView name);
    //! True for the methods with a storedHash(): those that tell an impostor nothing he could log in with.
    static bool provesServer(QByteArrayView name);
    //! True for the methods that are nothing but the password.
    static bool isClearPassword(QByteArrayView name);

protected:
    //! Fails for data that has no meaning at this point.
    QByteArray unexpectedData();
    //! False, and failed, if \a challenge has not challengeSize() bytes.
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
    QByteArray ask(AuthQuestion &&question)
    {
        m_question = std::make_unique<AuthQuestion>(std::move(question));
        return {};
    }

private:
    Fault m_fault;
    std::unique_ptr<AuthQuestion> m_question;
};

} // namespace QAsyncMySql::Protocol
