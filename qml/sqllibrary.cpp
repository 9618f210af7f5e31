// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqllibrary.h"

#include <QAsyncMySql/version.h>

namespace QAsyncMySql::Internal {

SqlLibrary::SqlLibrary(QObject *parent)
    : QObject(parent)
{
}

QString SqlLibrary::version() const
{
    return QAsyncMySql::version().toString();
}

} // namespace QAsyncMySql::Internal
