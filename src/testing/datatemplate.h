// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/serverinstallation.h"

#include <QtCore/QDeadlineTimer>

namespace QAsyncMySql::Internal {

/*!
    A data folder as the server initialises it, with the accounts of the tests in it.

    Initialising takes a second (MariaDB) to several (MySQL), so it is done once for each server version and
   kept in the cache; a test gets a copy. Safe against other processes that do the same at the same time.
*/
class DataTemplate
{
public:
    //! Makes the template if there is none yet. \a fallbackDirectory is used where the cache cannot be
    //! written.
    bool prepare(const ServerInstallation &installation, const QString &fallbackDirectory,
                 const QDeadlineTimer &deadline);
    //! Copies the data into \a directory, which must not exist.
    bool copyTo(const QString &directory, const QDeadlineTimer &deadline);

    QString password() const { return m_password; } //!< of the account "test"
    QString rootPassword() const { return m_rootPassword; } //!< of root over TCP
    QString errorString() const { return m_error; }

private:
    bool create(const ServerInstallation &installation, const QString &directory,
                const QDeadlineTimer &deadline);
    bool load(const QString &directory);
    bool fail(const QString &message);

    QString m_directory;
    QString m_password;
    QString m_rootPassword;
    QString m_error;
};

} // namespace QAsyncMySql::Internal
