// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/transport.h"

#include <QtCore/QIODevice>
#include <QtCore/QObject>
#include <QtCore/QPointer>

namespace QAsyncMySql::Transport {

//! An open QIODevice of the program's: a tunnel, or a test. Not owned, and not closed.
class DeviceStream final : public Stream
{
public:
    DeviceStream(Observer &observer, QIODevice *device);
    ~DeviceStream() override;

    void open() override;
    qint64 read(char *data, qint64 max) override;
    qint64 bufferedBytes() const override;
    void write(const QByteArray &data) override;
    qint64 bytesToWrite() const override;
    void watchWrites() override;
    void close() override;
    void abort() override;

private:
    void fail();

    QObject m_context; // our connections to the device end with it
    QPointer<QIODevice> m_device;
    bool m_failed = false;
    bool m_watched = false;
};

} // namespace QAsyncMySql::Transport
