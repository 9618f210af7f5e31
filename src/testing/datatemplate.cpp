// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/datatemplate.h"

#include "testing/cachedirectory.h"
#include "testing/childprocess.h"
#include "testing/initialization.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QLockFile>
#include <QtCore/QRandomGenerator>

namespace QAsyncMySql::Internal {

namespace {

//! Raise it when what is in a template changes.
constexpr int Recipe = 1;

QString randomPassword()
{
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words), sizeof words)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

bool writePrivateFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(content) == content.size()
        && file.flush();
}

//! A folder that only its owner can enter, as there are passwords in it.
bool makePrivateDirectory(const QString &path)
{
    return QDir().mkpath(path)
        && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QString readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

bool DataTemplate::fail(const QString &message)
{
    m_error = message;
    return false;
}

bool DataTemplate::prepare(const ServerInstallation &installation, const QString &fallbackDirectory,
                           const QDeadlineTimer &deadline)
{
    QString parent = cacheDirectory();
    if (!parent.isEmpty())
        parent += QLatin1String("/templates");
    if (parent.isEmpty() || !makePrivateDirectory(parent) || !QFileInfo(parent).isWritable()) {
        parent = fallbackDirectory;
        if (!makePrivateDirectory(parent))
            return fail(QStringLiteral("Cannot make the folder %1.").arg(parent));
    }

    const QString directory
        = parent + QStringLiteral("/%1-r%2").arg(installation.fingerprint(), QString::number(Recipe));
    if (load(directory))
        return true;

    QLockFile lock(directory + QLatin1String(".lock"));
    lock.setStaleLockTime(0); // it is stale when its process is gone, not when it is old
    if (!lock.tryLock(int(deadline.remainingTime()))) {
        return fail(QStringLiteral("Another process holds %1 for too long (it prepares a data folder).")
                        .arg(directory + QLatin1String(".lock")));
    }
    if (load(directory)) // it was being made while we waited
        return true;

    const QString unfinished = directory + QLatin1String(".part");
    QDir(unfinished).removeRecursively();
    if (!makePrivateDirectory(unfinished))
        return fail(QStringLiteral("Cannot make the folder %1.").arg(unfinished));
    if (!create(installation, unfinished, deadline)) {
        QDir(unfinished).removeRecursively();
        return false;
    }
    QDir(directory).removeRecursively();
    if (!QDir().rename(unfinished, directory) || !load(directory))
        return fail(QStringLiteral("Cannot make the folder %1.").arg(directory));
    return true;
}

bool DataTemplate::load(const QString &directory)
{
    m_password = readAll(directory + QLatin1String("/password"));
    m_rootPassword = readAll(directory + QLatin1String("/root-password"));
    m_directory = directory;
    return !m_password.isEmpty() && !m_rootPassword.isEmpty();
}

bool DataTemplate::create(const ServerInstallation &installation, const QString &directory,
                          const QDeadlineTimer &deadline)
{
    const QString password = randomPassword();
    const QString rootPassword = randomPassword();
    const QString sqlFile = directory + QLatin1String("/initialize.sql");
    const QString logFile = directory + QLatin1String("/log");
    const QString data = directory + QLatin1String("/data");
    QString error;
    const QByteArray sql = initializationSql(installation, password, rootPassword, &error);
    if (sql.isEmpty())
        return fail(error);
    if (!writePrivateFile(directory + QLatin1String("/password"), password.toUtf8())
        || !writePrivateFile(directory + QLatin1String("/root-password"), rootPassword.toUtf8())
        || !writePrivateFile(sqlFile, sql) || !QDir().mkdir(data))
        return fail(QStringLiteral("Cannot write into the folder %1.").arg(directory));

    ChildProcess process;
    process.setLogFile(logFile);
    if (initializationReadsInput(installation))
        process.setInputFile(sqlFile);
    const bool finished
        = process.start(installation.program, initializationArguments(installation, data, sqlFile))
        && process.waitForFinished(deadline);
    if (!finished || !process.exitedWell()) {
        process.kill();
        return fail(QStringLiteral("%1 could not initialise a data folder (%2). It said:\n%3")
                        .arg(installation.description(),
                             finished ? process.endText() : QStringLiteral("timeout"),
                             importantLines(readAll(logFile))));
    }
    QFile::remove(sqlFile); // it holds the passwords' text only once more, but nobody needs it
    // Each server needs a UUID of its own, and it has our certificates.
    const QStringList leftovers
        = QDir(data).entryList({QStringLiteral("auto.cnf"), QStringLiteral("ca*.pem"),
                                QStringLiteral("client-*.pem"), QStringLiteral("server-*.pem")},
                               QDir::Files);
    for (const QString &name : leftovers)
        QFile::remove(data + u'/' + name);
    return true;
}

bool DataTemplate::copyTo(const QString &directory, const QDeadlineTimer &deadline)
{
    const QString source = m_directory + QLatin1String("/data");
    // GNU cp keeps the holes of sparse files, which most of a new data folder is; others copy them as zeros.
    const QStringList attempts[] = {
        {QStringLiteral("-a"), QStringLiteral("--sparse=always"), source, directory},
        {QStringLiteral("-R"), QStringLiteral("-p"), source, directory},
    };
    QString end;
    for (const QStringList &arguments : attempts) {
        ChildProcess cp;
        QDir(directory).removeRecursively();
        if (cp.start(QStringLiteral("cp"), arguments) && cp.waitForFinished(deadline) && cp.exitedWell())
            return true;
        end = cp.endText();
    }
    return fail(QStringLiteral("Cannot copy %1 to %2 (cp: %3).").arg(source, directory, end));
}

} // namespace QAsyncMySql::Internal
