// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Pool>

//! Options for \a live, over plain TCP and with its database.
inline QAsyncMySql::ConnectOptions optionsFor(const MatrixServer &live)
{
    QAsyncMySql::ConnectOptions options = *QAsyncMySql::ConnectOptions::fromUrl(live.url());
    options.setSslMode(QAsyncMySql::SslMode::Disabled).setPublicKeyRetrieval(true).setDatabase(live.database);
    return options;
}

//! The first value of the first row, or 0.
inline quint64 numberOf(const QAsyncMySql::Result<QAsyncMySql::ResultSet> &result)
{
    return result && result->size() > 0 ? result->at(0).get<quint64>(0) : 0;
}
