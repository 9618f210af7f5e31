// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/serverprovider.h"

#include "testing/containerprovider.h"
#include "testing/localprovider.h"
#include "testing/treeprovider.h"
#include "testing/urlprovider.h"

namespace QAsyncMySql::Internal {

ServerProvider::ServerProvider(const TestServerOptions &options)
    : m_options(options)
{
}

ServerProvider::~ServerProvider() = default;

bool ServerProvider::kill()
{
    return fail(QStringLiteral("A server of the provider '%1' cannot be killed.").arg(name()));
}

bool ServerProvider::restart(const QDeadlineTimer &)
{
    return fail(
        QStringLiteral("A server of the provider '%1' cannot be restarted with its data: use the provider "
                       "'local' or 'tree' for tests that need it.")
            .arg(name()));
}

QString ServerProvider::logText()
{
    return {};
}

bool ServerProvider::fail(const QString &message)
{
    m_error = message;
    return false;
}

std::vector<std::unique_ptr<ServerProvider>> makeProviders(const TestServerOptions &options)
{
    using Provider = TestServerOptions::Provider;
    std::vector<std::unique_ptr<ServerProvider>> result;
    const Provider wanted = options.provider();
    const auto isWanted = [&](Provider provider) {
        return wanted == provider || (wanted == Provider::Automatic && options.serverUrl().isEmpty());
    };
    // A server that the user has named is never silently replaced by another.
    if (wanted == Provider::Url || (wanted == Provider::Automatic && !options.serverUrl().isEmpty()))
        result.push_back(std::make_unique<UrlProvider>(options));
    if (isWanted(Provider::Local))
        result.push_back(std::make_unique<LocalProvider>(options));
    if (isWanted(Provider::Tree))
        result.push_back(std::make_unique<TreeProvider>(options));
    if (isWanted(Provider::Docker))
        result.push_back(std::make_unique<ContainerProvider>(QStringLiteral("docker"), options));
    if (isWanted(Provider::Podman))
        result.push_back(std::make_unique<ContainerProvider>(QStringLiteral("podman"), options));
    return result;
}

} // namespace QAsyncMySql::Internal
