// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/testcertificates.h>

#include "testing/certificateissuer.h"

namespace QAsyncMySql {

namespace {

const char *baseName(TestCertificates::Server kind)
{
    switch (kind) {
    case TestCertificates::Server::Valid:
        return "server";
    case TestCertificates::Server::WrongName:
        return "wrong-name";
    case TestCertificates::Server::Expired:
        return "expired";
    case TestCertificates::Server::UnknownAuthority:
        return "unknown-authority";
    }
    Q_UNREACHABLE();
}

} // namespace

bool TestCertificates::create(const QString &directory, const QStringList &extraNames)
{
    using Internal::CertificateRequest;
    using Internal::IssuedCertificate;

    m_directory = directory;
    const auto fail = [this](const QString &error) {
        m_error = error;
        m_directory.clear();
        return false;
    };
    const QStringList names = QStringList{
        QStringLiteral("localhost"),  QStringLiteral("db.test"),    QStringLiteral("127.0.0.1"),
        QStringLiteral("::1"),        QStringLiteral("127.0.0.11"), QStringLiteral("127.0.0.12"),
        QStringLiteral("127.0.0.13"),
    } + extraNames;

    const CertificateRequest authority{QStringLiteral("Test CA"), {}, nullptr};
    const IssuedCertificate ca = IssuedCertificate::issue(authority, nullptr);
    const IssuedCertificate otherCa = IssuedCertificate::issue(authority, nullptr);
    if (!ca.isValid() || !otherCa.isValid())
        return fail(IssuedCertificate::errorString());

    struct Leaf
    {
        const char *name;
        const IssuedCertificate *issuer;
        CertificateRequest request;
    };
    const char *serverUsage = "serverAuth,clientAuth";
    const QString serverName = QStringLiteral("Test server");
    const Leaf leafs[] = {
        {baseName(Server::Valid), &ca, {serverName, names, serverUsage}},
        {baseName(Server::WrongName), &ca, {serverName, {QStringLiteral("other.test")}, serverUsage}},
        {baseName(Server::Expired), &ca, {serverName, names, serverUsage, -1}},
        {baseName(Server::UnknownAuthority), &otherCa, {serverName, names, serverUsage}},
        {"client", &ca, {QStringLiteral("testclient"), {}, "clientAuth"}},
    };
    for (const Leaf &leaf : leafs) {
        const IssuedCertificate issued = IssuedCertificate::issue(leaf.request, leaf.issuer);
        if (!issued.isValid())
            return fail(IssuedCertificate::errorString());
        const QString base = path(leaf.name);
        QString error;
        if (!issued.save(base + QLatin1String(".pem"), base + QLatin1String(".key"), &error))
            return fail(error);
    }
    QString error;
    if (!ca.save(caCertificatePath(), {}, &error) || !otherCa.save(otherCaCertificatePath(), {}, &error))
        return fail(error);
    m_error.clear();
    return true;
}

// Nothing, and not "/ca.pem", while there are no certificates.
QString TestCertificates::path(const char *name) const
{
    return isValid() ? m_directory + u'/' + QLatin1String(name) : QString();
}

QString TestCertificates::caCertificatePath() const
{
    return path("ca.pem");
}
QString TestCertificates::otherCaCertificatePath() const
{
    return path("other-ca.pem");
}
QString TestCertificates::clientCertificatePath() const
{
    return path("client.pem");
}
QString TestCertificates::clientKeyPath() const
{
    return path("client.key");
}

QString TestCertificates::serverCertificatePath(Server kind) const
{
    return isValid() ? path(baseName(kind)) + QLatin1String(".pem") : QString();
}

QString TestCertificates::serverKeyPath(Server kind) const
{
    return isValid() ? path(baseName(kind)) + QLatin1String(".key") : QString();
}

} // namespace QAsyncMySql
