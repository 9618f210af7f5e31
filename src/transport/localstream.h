// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/transport.h"

#include <QtNetwork/QLocalSocket>

namespace QAsyncMySql::Transport {

//! A Unix domain socket, or a named pipe on Windows.
class LocalStream final : public Stream
{
public:
    LocalStream(Observer &observer, const QString &path);
    ~LocalStream() override;

    void open() override;
    qint64 read(char *data, qint64 max) override;
    qint64 bufferedBytes() const override;
    void write(const QByteArray &data) override;
    qint64 bytesToWrite() const override;
    void watchWrites() override;
    void close() override;
    void abort() override;
    bool isLocal() const override { return true; }

private:
    void fail(QLocalSocket::LocalSocketError error);
    Failure describe(QLocalSocket::LocalSocketError error) const;

    QLocalSocket m_socket;
    QString m_path;
    bool m_connected = false;
    bool m_failed = false;
    bool m_watched = false;
};

} // namespace QAsyncMySql::Transport
