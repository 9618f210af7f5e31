// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/devicestream.h"

#include <QtCore/QMetaObject>

#include <utility>

namespace QAsyncMySql::Transport {

DeviceStream::DeviceStream(Observer &observer, QIODevice *device)
    : Stream(observer)
    , m_device(device)
{
    if (!device)
        return;
    QObject::connect(device, &QIODevice::readyRead, &m_context, [this] {
        if (Observer *o = this->observer())
            o->transportReadable();
    });
    QObject::connect(device, &QIODevice::aboutToClose, &m_context, [this] { fail(); });
    QObject::connect(device, &QIODevice::readChannelFinished, &m_context, [this] { fail(); });
    QObject::connect(device, &QObject::destroyed, &m_context, [this] { fail(); });
}

DeviceStream::~DeviceStream() = default;

void DeviceStream::open()
{
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            if (!m_device || !m_device->isOpen())
                return fail();
            if (Observer *o = observer())
                o->transportOpened();
            // What came before we listened makes no signal of its own.
            if (m_device && m_device->bytesAvailable() > 0 && observer())
                observer()->transportReadable();
        },
        Qt::QueuedConnection);
}

qint64 DeviceStream::read(char *data, qint64 max)
{
    if (!m_device || !m_device->isOpen())
        return -1;
    return m_device->read(data, max);
}

qint64 DeviceStream::bufferedBytes() const
{
    return m_device ? m_device->bytesAvailable() : 0;
}

void DeviceStream::write(const QByteArray &data)
{
    if (m_device && m_device->isOpen())
        m_device->write(data);
}

qint64 DeviceStream::bytesToWrite() const
{
    return m_device ? m_device->bytesToWrite() : 0;
}

void DeviceStream::watchWrites()
{
    if (!m_device || std::exchange(m_watched, true))
        return;
    QObject::connect(
        m_device, &QIODevice::bytesWritten, &m_context,
        [this] {
            if (Observer *o = this->observer())
                o->transportWritten();
        },
        Qt::QueuedConnection);
}

void DeviceStream::fail()
{
    if (m_failed)
        return;
    m_failed = true;
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            if (Observer *o = observer())
                o->transportFailed(
                    {Failure::Kind::Lost, QStringLiteral("The device under the connection was closed.")});
        },
        Qt::QueuedConnection);
}

void DeviceStream::close()
{
    silence();
}

void DeviceStream::abort()
{
    silence();
}

} // namespace QAsyncMySql::Transport
