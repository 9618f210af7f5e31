// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The options of ConnectOptions that decide how the two sides talk: compression and capabilities.

#include "client/connectoptionsdata.h"

namespace QAsyncMySql {

QList<Compression> ConnectOptions::compression() const
{
    return d->compression;
}

ConnectOptions &ConnectOptions::setCompression(const QList<Compression> &algorithms)
{
    d->compression = algorithms;
    return *this;
}

ConnectOptions &ConnectOptions::setCompression(Compression algorithm)
{
    return setCompression(QList<Compression>{algorithm});
}

int ConnectOptions::compressionLevel() const
{
    return d->compressionLevel;
}

ConnectOptions &ConnectOptions::setCompressionLevel(int level)
{
    d->compressionLevel = level;
    return *this;
}

int ConnectOptions::compressionMinimum() const
{
    return d->compressionMinimum;
}

ConnectOptions &ConnectOptions::setCompressionMinimum(int bytes)
{
    d->compressionMinimum = bytes;
    return *this;
}

bool ConnectOptions::interactive() const
{
    return d->interactive;
}

ConnectOptions &ConnectOptions::setInteractive(bool on)
{
    d->interactive = on;
    return *this;
}

bool ConnectOptions::ignoreSpace() const
{
    return d->ignoreSpace;
}

ConnectOptions &ConnectOptions::setIgnoreSpace(bool on)
{
    d->ignoreSpace = on;
    return *this;
}

QStringList ConnectOptions::disabledCapabilities() const
{
    return d->disabledCapabilities;
}

ConnectOptions &ConnectOptions::setDisabledCapabilities(const QStringList &names)
{
    d->disabledCapabilities = names;
    return *this;
}

QStringList ConnectOptions::trackedVariables() const
{
    return d->trackedVariables;
}

ConnectOptions &ConnectOptions::setTrackedVariables(const QStringList &names)
{
    d->trackedVariables = names;
    return *this;
}

bool ConnectOptions::transactionTracking() const
{
    return d->transactionTracking;
}

ConnectOptions &ConnectOptions::setTransactionTracking(bool on)
{
    d->transactionTracking = on;
    return *this;
}

} // namespace QAsyncMySql
