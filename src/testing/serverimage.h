// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserveroptions.h>

namespace QAsyncMySql::Internal {

//! What server is wanted, read from a container image's name ("mariadb:11.8") and a flavor.
class ServerImage
{
public:
    using Flavor = TestServerOptions::Flavor;

    ServerImage() = default;
    static ServerImage fromOptions(const TestServerOptions &options);

    Flavor flavor() const { return m_flavor; }
    //! The beginning of the version, "11.8", or empty for any.
    QString version() const { return m_version; }
    //! False for an image of another name: only a container engine knows what is in it.
    bool isNative() const { return m_native; }
    //! True if a server of \a flavor and \a version ("11.8.6-MariaDB") is what is wanted.
    bool accepts(Flavor flavor, const QString &version) const;
    //! The image for a container engine; a default where none was named.
    QString containerImage() const;
    //! For messages: "mariadb:11", "any MySQL server".
    QString description() const;

private:
    QString m_image;
    QString m_version;
    Flavor m_flavor = Flavor::Any;
    bool m_native = true;
};

//! "MariaDB", "MySQL", or "MySQL or MariaDB".
QString flavorName(TestServerOptions::Flavor flavor);

} // namespace QAsyncMySql::Internal
