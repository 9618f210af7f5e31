// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/parts/part.h"

#include "client/completion.h"
#include "client/eventport.h"
#include "support/await.h"
#include "support/task.h"
#include "unit/protocol/wire.h"

#include <QAsyncMySql/connection.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QIODevice>

#include <algorithm>
#include <cstring>
#include <memory>

using namespace QAsyncMySql;

namespace Parts {

namespace {

//! A server that lets anybody in and has one answer for all statements.
class CannedServer final : public QIODevice
{
public:
    explicit CannedServer(const QByteArray &answer)
        : m_answer(answer)
    {
        open(ReadWrite | Unbuffered);
        m_said = Wire::frames(
            Wire::greeting(0xFFFF'FFFF & ~Protocol::Capability::Ssl & ~Protocol::Capability::SessionTrack),
            0);
        QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_said.size() + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 max) override
    {
        const auto count = std::min<qint64>(max, m_said.size());
        std::memcpy(data, m_said.constData(), size_t(count));
        m_said.remove(0, qsizetype(count));
        return count;
    }
    qint64 writeData(const char *data, qint64 size) override
    {
        for (qint64 at = 0; at + 4 < size;) {
            const auto *header = reinterpret_cast<const uchar *>(data + at);
            const bool select = m_loggedIn && data[at + 4] == 3 && data[at + 5] == 'S' && data[at + 7] == 'L';
            m_said += select ? m_answer : Wire::frames(Wire::ok(), header[3] + 1);
            m_loggedIn = true;
            at += 4 + (header[0] | header[1] << 8 | header[2] << 16);
        }
        QMetaObject::invokeMethod(this, &QIODevice::readyRead, Qt::QueuedConnection);
        return size;
    }

private:
    QByteArray m_answer;
    QByteArray m_said;
    bool m_loggedIn = false;
};

QByteArray answer()
{
    return Wire::stream({Wire::hex("01"), Wire::column("1", 8, 63), Wire::row({"1"}), Wire::ok(2, 0xFE)}, 1);
}

struct Client
{
    Client()
        : server(answer())
    {
        ConnectOptions options;
        options.setUser(QStringLiteral("root")).setSslMode(SslMode::Disabled);
        const auto opened = await(connection.open(options, &server));
        if (!opened)
            qFatal("%s", qPrintable(opened.error().toString()));
    }

    CannedServer server;
    Connection connection;
};

Task awaitMany(Connection &connection, qint64 count, QEventLoop &loop)
{
    for (; count > 0; --count) {
        const auto result = co_await connection.query(u"SELECT 1");
        use(result);
    }
    loop.quit();
}

void callMany(Connection &connection, qint64 count, QEventLoop &loop)
{
    connection.query(
        &loop,
        [&connection, count, &loop](const Result<ResultSet> &result) {
            use(result);
            if (count > 1)
                callMany(connection, count - 1, loop);
            else
                loop.quit();
        },
        u"SELECT 1");
}

//! All of a statement but the socket: queue, session, future, delivery, coroutine.
Work awaited()
{
    return [client = std::make_shared<Client>()](qint64 count) {
        QEventLoop loop;
        awaitMany(client->connection, count, loop);
        loop.exec();
    };
}

Work called()
{
    return [client = std::make_shared<Client>()](qint64 count) {
        QEventLoop loop;
        callMany(client->connection, count, loop);
        loop.exec();
    };
}

//! The same with many statements in the queue: what one costs that waits for no event of its own.
Work queued()
{
    return [client = std::make_shared<Client>()](qint64 count) {
        QEventLoop loop;
        for (qint64 i = 1; i < count; ++i)
            client->connection.query(
                &loop, [](const Result<ResultSet> &result) { use(result); }, u"SELECT 1");
        client->connection.query(
            &loop, [&loop](const Result<ResultSet> &) { loop.quit(); }, u"SELECT 1");
        loop.exec();
    };
}

Work future()
{
    return [](qint64 count) {
        const Result<ResultSet> result = ResultSet();
        for (; count > 0; --count) {
            Internal::PromiseCompletion<ResultSet> completion;
            const Reply<ResultSet> reply = completion.reply();
            completion.complete(result);
            use(reply.result());
        }
    };
}

class NoDelivery final : public Internal::Delivery
{
public:
    void deliver() override { use(*this); }
};

//! \a batch deliveries at a time through the event loop.
Work delivery(int batch)
{
    const auto port = Internal::EventPort::create({});
    return [port, batch](qint64 count) {
        for (; count > 0; count -= batch) {
            for (int i = 0; i < batch; ++i)
                port->push(std::make_unique<NoDelivery>());
            QCoreApplication::processEvents();
        }
    };
}

} // namespace

std::vector<Part> clientParts()
{
    return {
        {"future", "future", future},
        {"delivery, one at a time", "delivery", [] { return delivery(1); }},
        {"delivery, 16 at a time", "delivery", [] { return delivery(16); }},
        {"statement awaited, without a socket", "statement", awaited},
        {"statement with a callback, without a socket", "statement", called},
        {"statement queued, without a socket", "statement", queued},
    };
}

} // namespace Parts
