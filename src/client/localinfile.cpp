// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/localinfile.h>

#include "client/fileupload.h"

namespace QAsyncMySql {

LocalInfile::LocalInfile() = default;

LocalInfile LocalInfile::fromFile(const QString &path, const QString &name)
{
    LocalInfile infile;
    infile.d = std::make_shared<LocalInfileData>();
    infile.d->path = path.isNull() ? QStringLiteral("") : path;
    infile.d->name = name.isEmpty() ? infile.d->path : name;
    return infile;
}

LocalInfile LocalInfile::fromDevice(QIODevice *device, const QString &name)
{
    LocalInfile infile;
    infile.d = std::make_shared<LocalInfileData>();
    infile.d->device = device;
    if (!name.isEmpty())
        infile.d->name = name;
    return infile;
}

QString LocalInfile::name() const
{
    return d ? d->name : QString();
}

qint64 LocalInfile::bytesSent() const noexcept
{
    return d ? d->sent : 0;
}

LocalInfile &LocalInfile::setProgress(Progress progress)
{
    if (d)
        d->progress = std::move(progress);
    return *this;
}

} // namespace QAsyncMySql
