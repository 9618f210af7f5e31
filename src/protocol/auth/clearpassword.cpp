// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/clearpassword.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

QByteArray ClearPassword::start(QByteArrayView challenge, const Secret &password, const Channel &channel)
{
    Q_UNUSED(challenge)
    return channel.mayCarryPassword() ? clearPassword(password) : refusePassword(channel);
}

QByteArray ClearPassword::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    Q_UNUSED(data)
    Q_UNUSED(password)
    Q_UNUSED(channel)
    return unexpectedData();
}

Dialog::Dialog(QList<Secret> passwords)
    : m_passwords(std::move(passwords))
{
}

QByteArray Dialog::start(QByteArrayView challenge, const Secret &password, const Channel &channel)
{
    if (!channel.mayCarryPassword())
        return refusePassword(channel);
    // With nothing asked yet, the server takes the first packet for the password.
    if (challenge.isEmpty()) {
        m_asked = 1;
        return clearPassword(password);
    }
    return more(challenge, password, channel);
}

// MariaDB manual, "Authentication Plugin - PAM", "Dialog": a byte of kind (its lowest bit: the last
// question), then the text of the question.
QByteArray Dialog::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    Q_UNUSED(password)
    if (!channel.mayCarryPassword())
        return refusePassword(channel);
    if (m_finished || data.isEmpty())
        return unexpectedData();
    constexpr int HiddenInput = 2; // what is typed is not to be shown: a password
    const auto kind = quint8(data.front());
    m_finished = kind & 1;
    QString text = QString::fromUtf8(data.sliced(1).first(qMin<qsizetype>(data.size() - 1, 200)));
    for (QChar &c : text) {
        if (!c.isPrint())
            c = u' ';
    }
    text = text.trimmed();
    if (kind >> 1 != HiddenInput) {
        return failWith(Fault::Kind::Refused,
                        u"The server asks \"" % text
                            % u"\" (authentication method dialog). Register a plugin for \"dialog\" with "
                              u"ConnectOptions::addAuthenticationPlugin() to answer questions.");
    }
    if (m_asked >= m_passwords.size()) {
        return failWith(Fault::Kind::Refused,
                        u"The server asks for password number " % QString::number(m_asked + 1) % u" (\""
                            % text % u"\"), but only " % QString::number(m_passwords.size())
                            % u" are set; see setFactorPassword().");
    }
    return clearPassword(m_passwords[m_asked++]);
}

} // namespace QAsyncMySql::Protocol
