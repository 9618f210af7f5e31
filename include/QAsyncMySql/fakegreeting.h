// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/qasyncmysql_testing_export.h>

#include <QtCore/QByteArray>

namespace QAsyncMySql {

/*!
    What a FakeServer says of itself when a client comes. A value; the defaults are those of a MySQL 8.0
    without TLS.

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT FakeGreeting
{
public:
    // Some capabilities (MySQL source documentation, "Capabilities Flags").
    static constexpr quint32 Ssl = 1u << 11;
    static constexpr quint32 LocalFiles = 1u << 7;
    static constexpr quint32 SessionTrack = 1u << 23;
    static constexpr quint32 DeprecateEof = 1u << 24;

    FakeGreeting();

    QByteArray version() const { return m_version; }
    FakeGreeting &setVersion(const QByteArray &version);
    //! All that an unspectacular MySQL 8.0 has, by default; Ssl is added where the server has certificates.
    quint32 capabilities() const { return m_capabilities; }
    FakeGreeting &setCapabilities(quint32 capabilities);
    FakeGreeting &addCapabilities(quint32 capabilities)
    {
        return setCapabilities(m_capabilities | capabilities);
    }
    FakeGreeting &removeCapabilities(quint32 capabilities)
    {
        return setCapabilities(m_capabilities & ~capabilities);
    }
    //! MariaDB's own capabilities; any of them makes it a MariaDB for clients that go by capabilities.
    quint32 mariaDbCapabilities() const { return m_mariaDbCapabilities; }
    FakeGreeting &setMariaDbCapabilities(quint32 capabilities);
    //! The authentication method, \c caching_sha2_password by default.
    QByteArray plugin() const { return m_plugin; }
    FakeGreeting &setPlugin(const QByteArray &plugin);
    //! What passwords are hashed with: 20 bytes, unless a wrong length is wanted.
    QByteArray challenge() const { return m_challenge; }
    FakeGreeting &setChallenge(const QByteArray &challenge);
    quint32 connectionId() const { return m_connectionId; }
    FakeGreeting &setConnectionId(quint32 id);
    //! Number of the default collation, 45 (utf8mb4_general_ci) by default.
    quint8 collation() const { return m_collation; }
    FakeGreeting &setCollation(quint8 collation);
    //! Bytes behind the greeting, in the same segment, as an attacker puts them there.
    QByteArray extraBytes() const { return m_extraBytes; }
    FakeGreeting &setExtraBytes(const QByteArray &bytes);

    //! The payload of the packet, without extraBytes().
    QByteArray payload() const;

private:
    QByteArray m_version;
    QByteArray m_plugin;
    QByteArray m_challenge;
    QByteArray m_extraBytes;
    quint32 m_capabilities;
    quint32 m_mariaDbCapabilities = 0;
    quint32 m_connectionId = 7;
    quint8 m_collation = 45;
};

} // namespace QAsyncMySql
