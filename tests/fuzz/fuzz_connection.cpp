// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A whole connection: everything above the transport, with a peer that says the input.

#include "fuzztarget.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/cursor.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QIODevice>

#include <algorithm>
#include <cstring>

using namespace QAsyncMySql;
using Test::FuzzTarget;
using Test::require;

namespace {

constexpr qsizetype Piece = 512; // bytes that come at a time
constexpr int MostTurns = 2000; // of the event loop, for one input

//! Gives the input piece by piece, and takes whatever is written.
class Peer final : public QIODevice
{
public:
    explicit Peer(QByteArrayView said)
        : m_said(said)
    {
        open(ReadWrite | Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_open + QIODevice::bytesAvailable(); }
    bool isSpent() const { return m_said.isEmpty(); }
    void speak()
    {
        m_open = std::min(Piece, m_said.size());
        Q_EMIT readyRead();
    }
    void hangUp() { Q_EMIT readChannelFinished(); }

protected:
    qint64 readData(char *data, qint64 max) override
    {
        const auto count = std::min<qint64>(max, m_open);
        std::memcpy(data, m_said.data(), size_t(count));
        m_said = m_said.sliced(qsizetype(count));
        m_open -= qsizetype(count);
        return count;
    }
    qint64 writeData(const char *, qint64 size) override { return size; }

private:
    QByteArrayView m_said;
    qsizetype m_open = 0;
};

void ensureApplication()
{
    static int count = 1;
    static char name[] = "fuzz";
    static char *arguments[] = {name, nullptr};
    static QCoreApplication application(count, arguments);
}

const FuzzTarget wholeConnection("connection", [](QByteArrayView input) {
    ensureApplication();
    Peer peer(input);
    int answers = 0;
    int expected = 0;
    {
        Connection connection;
        ConnectOptions options;
        options.setUser(QStringLiteral("user"))
            .setPassword(QStringLiteral("secret"))
            .setMaxBufferedResult(1 << 16);
        const Reply<void> opened = connection.open(options, &peer);
        const auto count = [&answers](const Result<ResultSet> &) { ++answers; };
        connection.query(&connection, count, u"SELECT 1");
        connection.execute(&connection, count, u"SELECT ?", 1);
        connection.query(&connection, count, u"SELECT 2");
        expected = 3;
        const std::unique_ptr<Cursor> cursor = connection.stream(u"SELECT 3");
        const Reply<RowBatch> batch = cursor->nextBatch();
        for (int turn = 0;
             turn < MostTurns && !peer.isSpent() && connection.state() != Connection::State::Closed; ++turn) {
            peer.speak();
            QCoreApplication::processEvents();
        }
        peer.hangUp();
        for (int turn = 0; turn < MostTurns && connection.state() != Connection::State::Closed; ++turn)
            QCoreApplication::processEvents();
        require(connection.state() == Connection::State::Closed,
                "a connection whose peer has gone is closed");
        for (int turn = 0; turn < 10; ++turn)
            QCoreApplication::processEvents();
        require(opened.isFinished(), "opening finishes");
        require(batch.isFinished(), "a batch finishes");
    }
    require(answers == expected, "each statement has one answer");
});

} // namespace
