// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/eventport.h"
#include "client/fileupload.h"
#include "client/routine.h"
#include "transfer/importtarget.h"

#include <QAsyncMySql/executor.h>
#include <QAsyncMySql/transaction.h>

#include <QtCore/QElapsedTimer>

#include <optional>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    One import: a coroutine that goes on with each answer of the server and with each portion of the device,
   and completes the reply at its end.
*/
class ImportRun final : public EventPort::Owner
{
public:
    //! Gives null once what the statements run on has been destroyed.
    using FindExecutor = std::function<Executor *()>;
    //! Called while there is an executor.
    using Begin = std::function<Reply<Transaction>()>;

    static Reply<ImportReport> start(const RowImporter &settings, FindExecutor executor, Begin begin,
                                     QIODevice *device);

private:
    struct PendingRow
    {
        Parameters values;
        QByteArray text;
        qint64 line = 0;
    };
    //! Suspends until onWork().
    class Wake
    {
    public:
        explicit Wake(ImportRun &run) noexcept
            : m_run(run)
        {
        }
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) noexcept { m_run.m_waiter = handle; }
        void await_resume() const noexcept { }

    private:
        ImportRun &m_run;
    };

    ImportRun(const RowImporter &settings, FindExecutor executor, Begin begin, QIODevice *device);
    void onWork() override;
    void onTick() override;
    void onDeadline() override { }
    void onThreadEnd() override;
    void cancelled();

    static LooseRoutine go(std::shared_ptr<ImportRun> self);
    Routine perform();
    Routine prepare();
    Routine readRows();
    Routine more();
    Routine flush();
    Routine flushSingly(std::vector<PendingRow> rows);
    Routine settle(Error error);
    Error takeRecord(const Record &record);
    Error takeNames(const Record &record);
    Error rowFailed(qint64 line, const QByteArray &text, const Error &error);
    Error stopError() const;
    bool endsAll(const Error &error) const;
    bool isFull() const;
    Executor *executor() const;
    void finish(const Error &error);

    RowImporter m_settings;
    FindExecutor m_findExecutor;
    Begin m_begin;
    ImportTarget m_target;
    std::unique_ptr<RecordReader> m_reader;
    std::shared_ptr<EventPort> m_port;
    std::optional<FileUpload> m_device;
    LocalInfile m_source;
    PromiseCompletion<ImportReport> m_completion;
    std::coroutine_handle<> m_waiter;
    std::function<void()> m_cancelCurrent; // the reply that is awaited
    mutable Transaction m_transaction; // Whole
    std::vector<PendingRow> m_batch;
    qsizetype m_batchBytes = 0;
    ImportReport m_report;
    QElapsedTimer m_turn;
    bool m_whole = false;
    bool m_inTransaction = false; // and then nothing may run outside of it
    bool m_begun = false; // rows, good or bad, have been looked at
    bool m_cancelled = false;
    bool m_threadEnded = false;
};

} // namespace QAsyncMySql::Internal
