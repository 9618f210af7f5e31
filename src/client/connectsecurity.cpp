// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectOptions that is about proving identities: ours by passwords and plugins, the server's by
// certificates.

#include "client/connectoptionsdata.h"

namespace QAsyncMySql {

AuthenticationPlugin::AuthenticationPlugin() = default;
AuthenticationPlugin::~AuthenticationPlugin() = default;

bool ConnectOptionsData::hasSameSecurity(const ConnectOptionsData &other) const
{
    return furtherPasswords == other.furtherPasswords && passwordProvider == other.passwordProvider
        && authenticationPlugins == other.authenticationPlugins
        && allowedAuthenticationMethods == other.allowedAuthenticationMethods
        && sslCaDirectory == other.sslCaDirectory && sslKeyPassphrase == other.sslKeyPassphrase
        && sslPins == other.sslPins && verifiesByPassword == other.verifiesByPassword
        && minimumTlsVersion == other.minimumTlsVersion && tlsResumption == other.tlsResumption
        && clearTextPasswords == other.clearTextPasswords
        && expiredPasswordAllowed == other.expiredPasswordAllowed;
}

Secret ConnectOptions::factorPassword(int factor) const
{
    if (factor == 1)
        return d->password;
    return factor == 2 || factor == 3 ? d->furtherPasswords[size_t(factor - 2)] : Secret();
}

ConnectOptions &ConnectOptions::setFactorPassword(int factor, const Secret &password)
{
    if (factor == 1)
        d->password = password;
    else if (factor == 2 || factor == 3)
        d->furtherPasswords[size_t(factor - 2)] = password;
    return *this;
}

PasswordProvider ConnectOptions::passwordProvider() const
{
    return d->passwordProvider ? *d->passwordProvider : PasswordProvider();
}

ConnectOptions &ConnectOptions::setPasswordProvider(const PasswordProvider &provider)
{
    d->passwordProvider = provider ? std::make_shared<const PasswordProvider>(provider) : nullptr;
    return *this;
}

QString ConnectOptions::sslCaDirectory() const
{
    return d->sslCaDirectory;
}

ConnectOptions &ConnectOptions::setSslCaDirectory(const QString &path)
{
    d->sslCaDirectory = path;
    return *this;
}

Secret ConnectOptions::sslKeyPassphrase() const
{
    return d->sslKeyPassphrase;
}

ConnectOptions &ConnectOptions::setSslKeyPassphrase(const Secret &passphrase)
{
    d->sslKeyPassphrase = passphrase;
    return *this;
}

QStringList ConnectOptions::sslPins() const
{
    return d->sslPins;
}

ConnectOptions &ConnectOptions::setSslPins(const QStringList &pins)
{
    d->sslPins = pins;
    return *this;
}

QSsl::SslProtocol ConnectOptions::minimumTlsVersion() const
{
    return d->minimumTlsVersion;
}

ConnectOptions &ConnectOptions::setMinimumTlsVersion(QSsl::SslProtocol version)
{
    d->minimumTlsVersion = version;
    return *this;
}

bool ConnectOptions::verifiesByPassword() const
{
    if (d->verifiesByPassword)
        return *d->verifiesByPassword;
    return d->sslMode == SslMode::Automatic && effectiveSslMode() == SslMode::VerifyIdentity
        && d->sslCaFile.isEmpty() && d->sslCaDirectory.isEmpty();
}

ConnectOptions &ConnectOptions::setVerifiesByPassword(bool on)
{
    d->verifiesByPassword = on;
    return *this;
}

ConnectOptions &ConnectOptions::resetVerifiesByPassword()
{
    d->verifiesByPassword.reset();
    return *this;
}

bool ConnectOptions::tlsResumption() const
{
    return d->tlsResumption;
}

ConnectOptions &ConnectOptions::setTlsResumption(bool on)
{
    d->tlsResumption = on;
    return *this;
}

bool ConnectOptions::clearTextPasswords() const
{
    return d->clearTextPasswords;
}

ConnectOptions &ConnectOptions::setClearTextPasswords(bool allowed)
{
    d->clearTextPasswords = allowed;
    return *this;
}

bool ConnectOptions::expiredPasswordAllowed() const
{
    return d->expiredPasswordAllowed;
}

ConnectOptions &ConnectOptions::setExpiredPasswordAllowed(bool allowed)
{
    d->expiredPasswordAllowed = allowed;
    return *this;
}

QStringList ConnectOptions::allowedAuthenticationMethods() const
{
    return d->allowedAuthenticationMethods;
}

ConnectOptions &ConnectOptions::setAllowedAuthenticationMethods(const QStringList &methods)
{
    d->allowedAuthenticationMethods = methods;
    return *this;
}

ConnectOptions &ConnectOptions::addAuthenticationPlugin(const QByteArray &name,
                                                        const AuthenticationPluginFactory &factory)
{
    if (factory)
        d->authenticationPlugins[name] = std::make_shared<const AuthenticationPluginFactory>(factory);
    else
        d->authenticationPlugins.remove(name);
    return *this;
}

QByteArrayList ConnectOptions::authenticationPlugins() const
{
    return d->authenticationPlugins.keys();
}

std::unique_ptr<AuthenticationPlugin> ConnectOptions::makeAuthenticationPlugin(const QByteArray &name) const
{
    const auto found = d->authenticationPlugins.constFind(name);
    return found == d->authenticationPlugins.constEnd() ? nullptr : (**found)();
}

} // namespace QAsyncMySql
