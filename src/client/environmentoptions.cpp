// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// ConnectOptions from environment variables (MySQL manual, "Environment Variables").

#include "client/connectoptionsdata.h"

namespace QAsyncMySql {

Result<void> ConnectOptions::readEnvironment()
{
    static constexpr std::pair<const char *, const char16_t *> Variables[] = {
        {"MYSQL_HOST", u"host"}, {"MYSQL_TCP_PORT", u"port"}, {"MYSQL_UNIX_PORT", u"socket"},
        {"MYSQL_USER", u"user"}, {"MYSQL_PWD", u"password"},  {"MYSQL_DATABASE", u"database"},
    };
    ConnectOptions options = *this;
    for (const auto &[variable, option] : Variables) {
        const QString value = qEnvironmentVariable(variable);
        if (value.isEmpty())
            continue;
        if (const Result<void> set = options.setOption(QStringView(option).toString(), value); !set)
            return set.error().withContext(QStringLiteral("The environment variable ")
                                           + QLatin1StringView(variable));
    }
    *this = options;
    return {};
}

Result<ConnectOptions> ConnectOptions::fromEnvironment()
{
    ConnectOptions options;
    const Result<void> read = options.readEnvironment();
    return read ? Result<ConnectOptions>(options) : Result<ConnectOptions>(read.error());
}

} // namespace QAsyncMySql
