// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/rowcollector.h"
#include "protocol/queryexchange.h"

#include <QAsyncMySql/resultset.h>

namespace QAsyncMySql::Internal {

//! Gathers the results of one statement in memory, up to a limit.
class ResultGatherer final : public Protocol::ResultSink
{
public:
    //! \a limit: bytes of rows; see ConnectOptions::maxBufferedResult().
    explicit ResultGatherer(qint64 limit)
        : m_limit(limit)
    {
    }
    ~ResultGatherer() override;

    void columns(QList<Column> &&columns, bool binary) override;
    bool row(QByteArrayView payload) override;
    qsizetype rows(const QByteArrayView *payloads, qsizetype count, bool &more) override;
    bool largeRow(ByteBuffer &&payload) override;
    void end(const Protocol::OkPacket &ok, bool hasColumns) override;
    void error(const Protocol::ErrPacket &error) override;
    QString limitExceeded() const override;

    //! The rest is read, but not kept.
    void discard() noexcept { m_discard = true; }
    //! Rows of all results so far.
    qint64 receivedRows() const noexcept { return m_endedRows + m_rows.rows(); }
    //! True once any part of a result has come.
    bool hasResults() const noexcept { return m_hasResults; }
    bool failed() const noexcept { return m_failed; }
    const Protocol::ErrPacket &errorPacket() const noexcept { return m_error; }
    //! Those of the last result.
    void setWarnings(const QList<Warning> &warnings);
    //! The first result, with the others behind it.
    ResultSet take();

    //! What \a ok says of a result, without its rows. The caller owns it.
    static ResultSetData *makeSummary(const Protocol::OkPacket &ok);

private:
    //! False if it is not to be kept; then \a more says whether others may come.
    bool takes(qsizetype size, bool &more);

    RowCollector m_rows;
    std::vector<QExplicitlySharedDataPointer<ResultSetData>> m_results;
    Protocol::ErrPacket m_error;
    qint64 m_limit;
    qint64 m_bytes = 0;
    qint64 m_endedRows = 0; // of the results that are complete
    bool m_discard = false;
    bool m_overLimit = false;
    bool m_hasResults = false;
    bool m_failed = false;
};

} // namespace QAsyncMySql::Internal
