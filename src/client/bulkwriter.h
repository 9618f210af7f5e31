// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/statementcache.h"
#include "protocol/queryexchange.h"
#include "sql/multirow.h"
#include "sql/render.h"

#include <QAsyncMySql/bulk.h>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    Makes commands of rows: as many rows to a command as fit.

    Rows are taken from the source one by one, and never more than one command's worth.
*/
class BulkWriter
{
public:
    //! How rows go to the server.
    enum class Way : quint8
    {
        MultiRow, // one INSERT of many rows, in the text protocol
        BulkExecute, // COM_STMT_BULK_EXECUTE
        Single, // COM_STMT_EXECUTE for each
    };
    struct Command
    {
        std::unique_ptr<Protocol::Exchange> exchange; // null if it cannot be sent: error says why
        Error error;
        qint64 firstRow = 0;
        qint64 rowCount = 0;
        Way way = Way::Single;
    };

    BulkWriter(const QByteArray &sql, RowSource rows, const BulkOptions &options);

    //! The statement as it is prepared for the first row; \a text is null if there is no row.
    Error peek(QByteArray &text);
    void useMultiRow(MultiRowTemplate rows);
    void usePrepared(const StatementCache::Entry &statement, Way way);
    //! For what the server does not do after all.
    void useNoBulk() { m_way = m_template ? Way::MultiRow : Way::Single; }
    void setMaxPacket(qint64 bytes) { m_maxPacket = bytes; }
    Way way() const noexcept { return m_way; }

    bool atEnd();
    //! The command for the next rows; before atEnd().
    Command next(Protocol::ResultSink &sink);
    //! Puts the rows of the bulk command made last back, to be sent another way: before any other call.
    void takeBack();
    //! None of the rows that follow will be wanted back.
    void keepNoRows();

private:
    bool readRow();
    const Parameters *front() { return m_hasRow || readRow() ? &m_row : nullptr; }
    void pop();
    bool isFull(qint64 count) const;
    Command multiRow(Protocol::ResultSink &sink);
    Command bulkExecute(Protocol::ResultSink &sink);
    bool isPlain(const Parameters &row) const;
    bool suitsText(const Parameters &row) const;
    Command single(Protocol::ResultSink &sink);
    Result<Parameters> bound(const Parameters &row) const;
    Error tooLong(qint64 size) const;
    Command refused(const Error &error, qint64 count);

    QByteArray m_sql;
    QByteArray m_text; // what is prepared
    RowSource m_source;
    BulkOptions m_options;
    std::optional<MultiRowTemplate> m_template; // if there is the way MultiRow
    StatementTemplate m_rowText; // m_template->row
    StatementCache::Entry m_statement;
    Parameters m_row; // in front
    std::deque<Parameters> m_waiting; // behind it, taken from the source before
    std::vector<Parameters> m_sent; // of the bulk command made last, as long as they may be taken back
    qint64 m_nextRow = 0;
    qint64 m_maxPacket = 1 << 20;
    qint64 m_lastText = 0; // bytes of the command made last
    Way m_way = Way::MultiRow;
    bool m_hasRow = false;
    bool m_sourceEnded = false;
    bool m_keepsRows = true;
};

} // namespace QAsyncMySql::Internal
