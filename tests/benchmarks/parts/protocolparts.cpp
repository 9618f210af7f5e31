// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/parts/part.h"

#include "client/resultgatherer.h"
#include "protocol/framing.h"
#include "protocol/queryexchange.h"
#include "protocol/session.h"
#include "protocol/statementexchange.h"
#include "unit/protocol/wire.h"
#include "unit/values/rowbuilder.h"

#include <memory>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;

namespace Parts {

namespace {

constexpr int RowsAtOnce = 100;

QByteArray definitions(bool binary)
{
    const auto number = [](const char *name, ColumnType type) { return Wire::column(name, int(type), 63); };
    QByteArrayList packets{Wire::hex("06"),
                           number("id", ColumnType::LongLong),
                           number("a", ColumnType::Long),
                           Wire::column("b"),
                           number("c", ColumnType::Double),
                           number("d", ColumnType::DateTime),
                           number("e", ColumnType::NewDecimal)};
    Q_UNUSED(binary)
    return Wire::stream(packets, 1);
}

QByteArray textRow()
{
    return Wire::row({"123456", "-1073741823", "a-user-name000001", "17636.571428571428",
                      "2020-03-27 21:43:12.123000", "45678.90"});
}

QByteArray binaryRow()
{
    using namespace Test;
    return QByteArray(QByteArray(2, '\0') + littleEndian(qint64(123456)) + littleEndian(-1073741823)
                      + Wire::counted("a-user-name000001") + littleEndian(17636.571428571428)
                      + Wire::counted(binaryDateTime(2020, 3, 27, 21, 43, 12, 123000))
                      + Wire::counted("45678.90"));
}

//! RowsAtOnce rows as they follow the definitions; the numbers of the packets go on.
QByteArray rows(const QByteArray &row, int sequence)
{
    return Wire::stream(QByteArrayList(RowsAtOnce, row), sequence);
}

constexpr int FirstRow = 8; // the number of its packet, behind the header and six definitions

//! A session in the middle of a result, which gets the same rows again and again.
struct Replay
{
    explicit Replay(bool binary)
        : gatherer(std::numeric_limits<qint64>::max())
    {
        Wire::logIn(session);
        if (binary)
            exchange = std::make_unique<ExecuteExchange>(1, 0, QByteArray(), gatherer);
        else
            exchange = std::make_unique<QueryExchange>("SELECT * FROM t", gatherer);
        session.begin(exchange.get());
        session.takeOutput();
        Wire::feed(session, definitions(binary));
        session.advance(1 << 20);
        // 256 numbers later all is as before.
        for (int turn = 0; turn < 64; ++turn)
            wire.append(rows(binary ? binaryRow() : textRow(), (FirstRow + turn * RowsAtOnce) & 0xFF));
    }
    void run(qint64 count)
    {
        constexpr qint64 Turn = 64 * RowsAtOnce;
        for (; count > 0; count -= Turn) {
            Wire::feed(session, wire);
            session.advance(std::numeric_limits<qsizetype>::max());
        }
    }

    Session session;
    Internal::ResultGatherer gatherer;
    std::unique_ptr<Exchange> exchange;
    QByteArray wire;
};

//! Takes packets out of bytes.
Work framing()
{
    const QByteArray wire = Wire::stream(QByteArrayList(1000, textRow()), 0);
    return [decoder = std::make_shared<FrameDecoder>(), wire](qint64 count) {
        for (; count > 0; count -= 1000) {
            std::memcpy(decoder->space(wire.size()), wire.constData(), size_t(wire.size()));
            decoder->written(wire.size());
            Packet packet;
            while (decoder->next(packet, 1 << 30) == FrameDecoder::Status::Packet)
                use(packet);
        }
    };
}

//! Checks that a row fits its columns.
Work checkRow(bool binary)
{
    RowShape shape;
    if (binary) {
        using namespace Test;
        QList<Column> columns;
        for (const ColumnType type : {ColumnType::LongLong, ColumnType::Long, ColumnType::VarString,
                                      ColumnType::Double, ColumnType::DateTime, ColumnType::NewDecimal})
            columns.append(plain(type).toColumn());
        shape.setBinary(columns);
    } else {
        shape.setText(6);
    }
    return [shape, row = binary ? binaryRow() : textRow()](qint64 count) {
        for (; count > 0; --count)
            use(shape.fits(row));
    };
}

//! A whole answer of one row: header, six definitions, row, end.
Work shortAnswer(bool binary)
{
    const QByteArray wire
        = definitions(binary) + Wire::stream({binary ? binaryRow() : textRow(), Wire::ok(2, 0xFE)}, FirstRow);
    const auto session = std::make_shared<Session>();
    Wire::logIn(*session);
    return [session, wire, binary](qint64 count) {
        for (; count > 0; --count) {
            Internal::ResultGatherer gatherer(1 << 20);
            std::unique_ptr<Exchange> exchange;
            if (binary)
                exchange = std::make_unique<ExecuteExchange>(1, 0, QByteArray(), gatherer);
            else
                exchange = std::make_unique<QueryExchange>("SELECT 1", gatherer);
            session->begin(exchange.get());
            use(session->takeOutput());
            Wire::feed(*session, wire);
            session->advance(1 << 20);
            use(gatherer.take());
        }
    };
}

Work replay(bool binary)
{
    // The rows stay in memory, hence a new session for each run.
    return [binary](qint64 count) { Replay(binary).run(count); };
}

} // namespace

std::vector<Part> protocolParts()
{
    return {
        {"framing", "packet", framing},
        {"text row checked", "row", [] { return checkRow(false); }},
        {"binary row checked", "row", [] { return checkRow(true); }},
        {"text rows gathered", "row", [] { return replay(false); }},
        {"binary rows gathered", "row", [] { return replay(true); }},
        {"text answer of a row", "answer", [] { return shortAnswer(false); }},
        {"binary answer of a row", "answer", [] { return shortAnswer(true); }},
    };
}

} // namespace Parts
