// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

namespace QAsyncMySql::Protocol {

//! A plugin of the program's own: hands on what the server says, and waits for the answers.
class PluginMethod final : public AuthMethod
{
public:
    PluginMethod(QByteArray name, int factor)
        : m_name(std::move(name))
        , m_factor(factor)
    {
    }

    QByteArrayView name() const noexcept override { return m_name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override
    {
        Q_UNUSED(password)
        Q_UNUSED(channel)
        return askPlugin(challenge, true);
    }
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override
    {
        Q_UNUSED(password)
        Q_UNUSED(channel)
        return askPlugin(data, false);
    }
    qsizetype challengeSize() const noexcept override { return 0; }

private:
    QByteArray askPlugin(QByteArrayView data, bool isFirst)
    {
        AuthQuestion question;
        question.kind = AuthQuestion::Kind::Plugin;
        question.method = m_name;
        question.data = data.toByteArray();
        question.isFirst = isFirst;
        question.factor = m_factor;
        return ask(std::move(question));
    }

    QByteArray m_name;
    int m_factor;
};

} // namespace QAsyncMySql::Protocol
