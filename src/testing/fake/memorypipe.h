// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QIODevice>
#include <QtCore/QPointer>

#include <memory>
#include <utility>

namespace QAsyncMySql::Internal {

//! One end of a pipe within a thread: what is written to it can be read from the other.
class MemoryPipe final : public QIODevice
{
public:
    static std::pair<std::unique_ptr<MemoryPipe>, std::unique_ptr<MemoryPipe>> makePair();
    ~MemoryPipe() override;

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_incoming.size() + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override;
    void close() override;

protected:
    qint64 readData(char *data, qint64 max) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    MemoryPipe() = default;
    void arrived();
    void ended();

    QPointer<MemoryPipe> m_other;
    QByteArray m_incoming;
    bool m_announced = false;
};

} // namespace QAsyncMySql::Internal
