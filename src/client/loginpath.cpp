// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/loginpath.h>

#include "client/loginfile.h"
#include "client/optionreader.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace QAsyncMySql {

namespace {

constexpr qint64 MaxFileSize = 1 << 20; // bytes; what is larger is none

Error usage(const QString &file, const QString &what)
{
    return Error(Error::Kind::Usage, QStringLiteral("The login path file \"%1\" %2.").arg(file, what),
                 Error::Outcome::NotSent, Error::Phase::Connecting);
}

//! The text of \a path, which holds passwords: the caller overwrites it.
Result<QByteArray> readFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return usage(path, QStringLiteral("does not exist; mysql_config_editor makes one"));
    if (!info.isFile())
        return usage(path, QStringLiteral("is not a file"));
#ifdef Q_OS_UNIX
    // As MySQL's programs do, which pass over such a file.
    constexpr QFileDevice::Permissions Others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    if (info.permissions() & Others)
        return usage(
            path,
            QStringLiteral("may be used by others than its owner; take that right away, as by chmod 600"));
#endif
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return usage(path, QStringLiteral("cannot be read: ") + file.errorString());
    if (file.size() > MaxFileSize)
        return usage(path, QStringLiteral("is larger than 1 MiB; is it one?"));
    const Result<QByteArray> text = Internal::decodeLoginFile(file.readAll());
    return text ? text : Result<QByteArray>(usage(path, text.error().message()));
}

QStringList groupsOf(const QByteArray &text)
{
    QStringList names;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype end = line.indexOf(']');
        if (line.startsWith('[') && end > 0)
            names.append(QString::fromUtf8(line.sliced(1, end - 1)));
    }
    names.removeDuplicates();
    return names;
}

} // namespace

QString loginPathFile()
{
    const QString named = qEnvironmentVariable("MYSQL_TEST_LOGIN_FILE");
    if (!named.isEmpty())
        return named;
#ifdef Q_OS_WIN
    return QDir(qEnvironmentVariable("APPDATA")).filePath(QStringLiteral("MySQL/.mylogin.cnf"));
#else
    return QDir::home().filePath(QStringLiteral(".mylogin.cnf"));
#endif
}

Result<QStringList> loginPaths(const QString &file)
{
    Result<QByteArray> text = readFile(file);
    if (!text)
        return text.error();
    const QStringList names = groupsOf(*text);
    text->fill('\0');
    return names;
}

Result<void> readLoginPath(ConnectOptions &options, const QString &name, const QString &file)
{
    Result<QByteArray> text = readFile(file);
    if (!text)
        return text.error();
    const QStringList names = groupsOf(*text);
    QStringList groups{QStringLiteral("client"), name};
    groups.removeDuplicates();
    QList<Internal::OptionLine> lines;
    Error error;
    for (const QString &group : std::as_const(groups)) { // one by one: what is under the name wins
        const auto those = Internal::optionLinesIn(*text, file, {group});
        if (!those)
            error = those.error();
        else
            lines.append(*those);
    }
    text->fill('\0');
    if (error.isError())
        return error;
    if (!names.contains(name)) {
        return usage(file,
                     names.isEmpty() ? QStringLiteral("has no login paths")
                                     : QStringLiteral("has no login path \"%1\"; it has: %2")
                                           .arg(name, names.join(QStringLiteral(", "))));
    }
    return Internal::applyOptionLines(options, lines);
}

} // namespace QAsyncMySql
