// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserveroptions.h>

#include <QtCore/QStringList>

namespace QAsyncMySql::Internal {

//! A server program on this machine, installed or unpacked, and how to run it.
class ServerInstallation
{
public:
    using Flavor = TestServerOptions::Flavor;

    /*! Asks \a program (a path) for its name and version. On failure the result is not valid and \a error
       says why. Blocks for some 20 ms. */
    static ServerInstallation fromProgram(const QString &program, QString *error);
    //! The same for an unpacked tree, whose server is run with the tree's own libraries.
    static ServerInstallation fromTree(const QString &root, QString *error);

    //! The flavor and the version number in the output of `mysqld --version`.
    static bool parseVersion(const QString &output, Flavor *flavor, QString *version);

    bool isValid() const { return flavor != Flavor::Any; }
    //! "MariaDB 10.11.6 (/usr/sbin/mariadbd)"
    QString description() const;
    //! Changes when the server is replaced by another: a name for what was made with it.
    QString fingerprint() const;

    Flavor flavor = Flavor::Any;
    QString version;
    QString serverPath; //!< the server's own file
    QString program; //!< what to execute: the server, or the loader that loads it
    QStringList leadingArguments; //!< the loader's arguments
    QStringList locationArguments; //!< where the server finds its own files, when not at the built-in places
    QString bootstrapDirectory; //!< MariaDB: the folder with the SQL that makes the system tables

private:
    bool askVersion(QString *error);
    bool findBootstrapFiles(const QStringList &directories, QString *error);
};

} // namespace QAsyncMySql::Internal
