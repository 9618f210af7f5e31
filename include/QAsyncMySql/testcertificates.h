// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/qasyncmysql_testing_export.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace QAsyncMySql {

/*!
    A certificate authority for one test run, with leaf certificates that are good and ones that are not.

    All keys are EC P-256, all files PEM in one folder that belongs to the caller and should be private: keys
   are written readable by their owner only. Making them takes a few milliseconds. TestServer has one of these
   by itself.

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT TestCertificates
{
public:
    //! The certificates that a server can be started with.
    enum class Server
    {
        Valid, //!< signed by the authority, for localhost, 127.0.0.1, ::1, db.test and 127.0.0.11 to 13
        WrongName, //!< signed by the authority, but for the name other.test only
        Expired, //!< as Valid, but it ended yesterday
        UnknownAuthority, //!< as Valid, but signed by another authority of the same name
    };

    //! Nothing is made before create().
    TestCertificates() = default;

    /*! Writes all files into \a directory, which must exist. \a extraNames are further host names or
       addresses that the Valid, Expired and UnknownAuthority certificates are for. Returns false on failure,
       see errorString(). */
    bool create(const QString &directory, const QStringList &extraNames = {});
    bool isValid() const { return !m_directory.isEmpty(); }
    QString errorString() const { return m_error; }

    QString directory() const { return m_directory; }
    //! The certificate of the authority that clients should trust ("CN=Test CA").
    QString caCertificatePath() const;
    //! The certificate of the other authority, the one that signed Server::UnknownAuthority.
    QString otherCaCertificatePath() const;
    QString serverCertificatePath(Server kind = Server::Valid) const;
    QString serverKeyPath(Server kind = Server::Valid) const;
    //! A certificate for a client, "CN=testclient", signed by the authority.
    QString clientCertificatePath() const;
    QString clientKeyPath() const;

private:
    QString path(const char *name) const;
    QString m_directory;
    QString m_error;
};

} // namespace QAsyncMySql
