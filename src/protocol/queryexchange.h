// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/exchange.h"
#include "protocol/packets.h"
#include "protocol/rowshape.h"
#include "values/bytebuffer.h"

#include <QAsyncMySql/parameters.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <memory>

namespace QAsyncMySql::Protocol {

//! Takes what a statement gives, in order: for each result either columns(), row()... and end(), or end()
//! alone; or error() at any point, which is the last.
class ResultSink
{
public:
    virtual ~ResultSink();
    //! A result with columns begins. \a binary tells how its rows are written.
    virtual void columns(QList<Column> &&columns, bool binary) = 0;
    /*! One row, checked: its cells fit the columns and fill it. Returns false to be paused: the row was
        taken, no more comes until Session::unpause(). Only then limitExceeded() is asked. */
    virtual bool row(QByteArrayView payload) = 0;
    //! The same for several. Returns how many were taken; fewer than \a count, or \a more set to false, is to
    //! be paused.
    virtual qsizetype rows(const QByteArrayView *payloads, qsizetype count, bool &more);
    //! The same for a row that came in several packets, which may be taken over.
    virtual bool largeRow(Internal::ByteBuffer &&payload) { return row(payload.view()); }
    //! A result is complete; \a hasColumns tells whether columns() began it. More follow if ok.moreResults().
    virtual void end(const OkPacket &ok, bool hasColumns) = 0;
    virtual void error(const ErrPacket &error) = 0;
    //! A limit of the sink's own was passed (a buffered result too large): the exchange then ends in a Fault
    //! of kind Limit with this text.
    virtual QString limitExceeded() const { return {}; }
};

//! The columns that the server told last of a prepared statement: when it was prepared, or by an execution.
struct KnownColumns
{
    QList<Column> columns;
    quint32 generation = 0; // SessionState::metadataGeneration when they were told
};

/*!
    Reads the answer of COM_QUERY and COM_STMT_EXECUTE: any number of results, each with columns and
    rows or without.
*/
class ResultReader : public Exchange
{
public:
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;
    Step feedRows(Frames &frames) override;
    Step resume(PacketWriter &out, SessionState &state) override;

    /*! Arms LOAD DATA LOCAL: one request for the file \a name is granted, for any file if \a name is
        null. The exchange then asks for Step::Answer, and wants sendFilePart(), each followed by
        Session::continueExchange(), and at last endFile(). Without it, and for other files, requests are
        refused: the server gets no byte. */
    void offerFile(const QByteArray &name)
    {
        m_fileName = name;
        m_file = File::Offered;
    }
    //! True from the granted request to the end of the file.
    bool wantsFile() const noexcept { return m_file == File::Wanted; }
    //! True if the server asked for a file that it did not get.
    bool refusedFile() const noexcept { return m_refused; }
    //! \a part is to be there until Session::continueExchange() returns, and not empty.
    void sendFilePart(QByteArrayView part) { m_filePart = part; }
    void endFile() noexcept { m_file = File::Ended; }

    //! True if the server has opened the cursor that was asked for: the rows wait to be fetched, and end()
    //! has not been called.
    bool cursorOpened() const noexcept { return m_cursorOpened; }
    //! How the rows of that cursor look.
    const RowShape &shape() const noexcept { return m_shape; }

protected:
    ResultReader(ResultSink &sink, bool binary) noexcept
        : m_sink(sink)
        , m_binary(binary)
    {
    }
    //! Where definitions that the server leaves out are taken from (MariaDbCapability::CacheMetadata), and
    //! where those that come are kept. Without it they must come.
    void useColumns(std::shared_ptr<KnownColumns> known) { m_known = std::move(known); }
    void askCursor() noexcept { m_cursorAsked = true; }
    bool isCursorAsked() const noexcept { return m_cursorAsked; }

private:
    enum class Phase : quint8
    {
        Header,
        Columns,
        ColumnsEof,
        RowsOrCursor, // the first packet behind the columns, where a cursor was asked for
        Rows,
        File, // what answers the file, granted or refused
    };
    enum class File : quint8
    {
        None,
        Offered,
        Wanted,
        Ended,
    };

    Step full();
    Step header(QByteArrayView packet, PacketWriter &out, SessionState &state);
    Step fileRequest(QByteArrayView name, PacketWriter &out, const SessionState &state);
    Step refuseFile(PacketWriter &out, const ErrPacket &why);
    Step column(QByteArrayView packet, SessionState &state);
    Step endColumns(const SessionState &state);
    Step knownColumns(const SessionState &state);
    Step columnsEof(QByteArrayView packet, SessionState &state);
    Step beginRows(bool mayBeCursor);
    Step openCursor();
    Step special(QByteArrayView packet, SessionState &state);
    Step finishResult(const OkPacket &ok, bool hasColumns, const SessionState &state);
    Step afterFile(QByteArrayView packet, SessionState &state);
    Step error(QByteArrayView packet, const SessionState &state);

    ResultSink &m_sink;
    QList<Column> m_columns;
    std::shared_ptr<KnownColumns> m_known;
    RowShape m_shape;
    quint64 m_columnCount = 0;
    quint64 m_metadataBytes = 0;
    quint32 m_results = 0;
    quint16 m_keptStatus = 0;
    QByteArray m_fileName;
    QByteArrayView m_filePart;
    ErrPacket m_refusal; // why a file was refused: how the statement ends
    Phase m_phase = Phase::Header;
    File m_file = File::None;
    bool m_binary = false;
    bool m_fileEndSent = false;
    bool m_refused = false;
    bool m_cursorAsked = false;
    bool m_cursorOpened = false;
};

//! COM_QUERY: one statement (or several, where the session allows it) in the text protocol.
class QueryExchange final : public ResultReader
{
public:
    QueryExchange(QByteArray sql, ResultSink &sink);
    //! Sends them along, if both sides agreed on Capability::QueryAttributes.
    void setAttributes(const Parameters &attributes) { m_attributes = attributes; }
    void start(PacketWriter &out, SessionState &state) override;

private:
    QByteArray m_sql;
    Parameters m_attributes;
};

} // namespace QAsyncMySql::Protocol
