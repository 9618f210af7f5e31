// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"
#include "protocol/exchange.h"
#include "protocol/packets.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QList>

#include <memory>

namespace QAsyncMySql::Protocol {

//! With what a program logs in, and what it allows a server to ask.
struct AuthOptions
{
    QList<Secret> passwords{Secret()}; // of the first, second, third factor
    QByteArrayList allowedMethods; // empty: all that are safe on the line
    QByteArrayList ownMethods; // plugins of the program
    bool passwordsOnDemand = false; // passwords that are not set can be asked for
};

/*!
    The part of a login, or of a change of user, in which the client proves who it is: one method
    after the other, factor by factor, to the OK packet.

    Where a method needs something from outside, a step is Step::Answer and question() says what; give it
    with answer() or refuse(), then call resume().
*/
class Authentication
{
public:
    explicit Authentication(AuthOptions options);
    ~Authentication();

    void setChannel(const Channel &channel) { m_channel = channel; }
    void setServer(bool isMariaDb) { m_isMariaDb = isMariaDb; }

    /*! Begins with the method \a name, or, if that is none of ours, with one of ours that proves nothing yet:
        the server then switches to what it wants. The greeting's \a challenge has 20 bytes. */
    Step begin(const QByteArray &name, QByteArrayView challenge, QByteArray &answer);
    //! Uses a packet of the server's; Step::Done: it was the OK packet.
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state);
    Step resume(PacketWriter &out, SessionState &state);

    //! What is waited for, or null.
    const AuthQuestion *question() const;
    void answer(QByteArray &&bytes);
    void refuse(const QString &why);

    const Fault &fault() const noexcept { return m_fault; }
    const OkPacket &ok() const noexcept { return m_ok; }
    bool mayCarryPassword() const noexcept { return m_channel.mayCarryPassword(); }
    QByteArray method() const; //!< the plugin last used

private:
    Step switchMethod(QByteArrayView packet, PacketWriter &out);
    Step nextFactor(QByteArrayView packet, PacketWriter &out);
    Step startMethod(QByteArrayView request, PacketWriter &out);
    Step startSelected(PacketWriter &out);
    Step selectMethod(const QByteArray &name);
    std::unique_ptr<AuthMethod> create(const QByteArray &name) const;
    Step say(QByteArray &&answer, PacketWriter &out);
    Step finish(QByteArrayView packet, SessionState &state);
    bool serverProvedItself() const;
    bool isAllowed(const QByteArray &name) const;
    const Secret &password() const { return m_options.passwords[m_factor - 1]; }
    Step failWith(Fault::Kind kind, const QString &text)
    {
        m_fault = Fault{kind, text};
        return Step::Fault;
    }

    AuthOptions m_options;
    Channel m_channel;
    std::unique_ptr<AuthMethod> m_method;
    std::unique_ptr<AuthQuestion> m_passwordQuestion;
    QByteArray m_challenge; // for a method that waits for its password
    QByteArray m_scramble; // of 20 bytes: what the server's proof is made with
    QByteArray m_answer;
    OkPacket m_ok;
    Fault m_fault;
    qsizetype m_factor = 1;
    int m_switches = 0; // of this factor
    bool m_answered = false;
    bool m_isMariaDb = false;
};

} // namespace QAsyncMySql::Protocol
