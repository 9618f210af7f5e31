// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/eventport.h"

#include <QAsyncMySql/rowexporter.h>
#include <QAsyncMySql/rowformatter.h>

#include <QtCore/QIODevice>

namespace QAsyncMySql::Internal {

//! Where the rows of an export come from.
class ExportSource
{
public:
    enum class Status : quint8
    {
        Rows, // some were written to the text
        Waiting, // wake is called when there may be more
        End,
        Failed, // see error()
    };

    virtual ~ExportSource() = default;
    //! Begins, and calls \a wake when there is something new.
    virtual void start(std::function<void()> wake) = 0;
    virtual Status write(RowFormatter &formatter, QByteArray &text, qint64 &rows) = 0;
    virtual Error error() const = 0;
    virtual void cancel() { }
};

/*!
    Carries rows from a source to a device, a few milliseconds at a time, from the event loop. Keeps itself
   alive until it has completed its reply.
*/
class ExportRun final : public EventPort::Owner, public std::enable_shared_from_this<ExportRun>
{
public:
    static Reply<ExportReport> start(const TransferFormat &format, std::unique_ptr<ExportSource> source,
                                     QIODevice *device);

private:
    ExportRun(const TransferFormat &format, std::unique_ptr<ExportSource> source, QIODevice *device);
    void onWork() override;
    void onTick() override { onWork(); }
    void onDeadline() override { }
    void onThreadEnd() override;
    Error open();
    bool turn(Error &error);
    bool flush(Error &error);
    Error flushFile() const;
    void finish(const Error &error);

    std::shared_ptr<ExportRun> m_self;
    std::shared_ptr<EventPort> m_port;
    std::unique_ptr<ExportSource> m_source;
    PromiseCompletion<ExportReport> m_completion;
    RowFormatter m_formatter;
    QPointer<QIODevice> m_device;
    QObject m_context; // our connections to the device end with it
    QByteArray m_text;
    ExportReport m_report;
    TransferFormat m_format;
};

//! Rows of a statement.
class CursorSource final : public ExportSource
{
public:
    explicit CursorSource(std::unique_ptr<Cursor> cursor);
    void start(std::function<void()> wake) override;
    Status write(RowFormatter &formatter, QByteArray &text, qint64 &rows) override;
    Error error() const override { return m_cursor->error(); }
    void cancel() override { m_cursor->cancel(); }

private:
    std::unique_ptr<Cursor> m_cursor;
    bool m_begun = false;
    bool m_ended = false; // the first result with columns
};

//! Rows of an item model.
class ModelSource final : public ExportSource
{
public:
    explicit ModelSource(QAbstractItemModel *model);
    void start(std::function<void()> wake) override;
    Status write(RowFormatter &formatter, QByteArray &text, qint64 &rows) override;
    Error error() const override { return m_error; }

private:
    bool isLoaded(int row) const;
    Status ended();
    bool appendRow(RowFormatter &formatter, QByteArray &text);
    void fail(const QString &why);

    QPointer<QAbstractItemModel> m_model;
    QObject m_context;
    Error m_error;
    int m_loadedRole = -1;
    int m_row = 0;
    int m_columns = 0;
    bool m_begun = false;
};

} // namespace QAsyncMySql::Internal
