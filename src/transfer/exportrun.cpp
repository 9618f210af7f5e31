// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/exportrun.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFileDevice>
#include <QtCore/QThread>

namespace QAsyncMySql {

namespace Internal {

namespace {

constexpr qint64 TurnBudget = 4'000'000; // ns
constexpr qsizetype WriteSize = 64 * 1024; // bytes that are given to the device at a time
constexpr qint64 MostUnsent = 1 << 20; // bytes that a device may hold before it is waited for

Error deviceError(Error::Kind kind, const QString &message)
{
    return Error(kind, message, Error::Outcome::Executed, Error::Phase::Result);
}

} // namespace

ExportRun::ExportRun(const TransferFormat &format, std::unique_ptr<ExportSource> source, QIODevice *device)
    : m_source(std::move(source))
    , m_formatter(format)
    , m_device(device)
    , m_format(format)
{
}

Reply<ExportReport> ExportRun::start(const TransferFormat &format, std::unique_ptr<ExportSource> source,
                                     QIODevice *device)
{
    if (const Error error = missingEventLoop())
        return Reply<ExportReport>::fromError(error);
    const std::shared_ptr<ExportRun> run(new ExportRun(format, std::move(source), device));
    if (const Error error = run->open())
        return Reply<ExportReport>::fromError(error);
    run->m_self = run;
    run->m_port = EventPort::create(run);
    run->m_port->watchThread();
    const auto wake = [port = run->m_port.get()] { port->postWork(); };
    QObject::connect(device, &QIODevice::bytesWritten, &run->m_context, wake);
    QObject::connect(device, &QIODevice::aboutToClose, &run->m_context, wake);
    QObject::connect(device, &QObject::destroyed, &run->m_context, wake);
    run->m_completion.onCancel(wake);
    run->m_source->start(wake);
    // A plain QFuture::cancel() is noticed too.
    run->m_port->startTicking(std::chrono::milliseconds(100));
    run->m_port->postWork();
    return run->m_completion.reply();
}

Error ExportRun::open()
{
    const auto usage = [](const QString &message) { return Error(Error::Kind::Usage, message); };
    if (const Error error = m_format.check())
        return error;
    if (!m_device || !m_device->isOpen() || !m_device->isWritable())
        return usage(QStringLiteral("The device to export to is not open for writing."));
    if (m_device->thread() != QThread::currentThread())
        return usage(QStringLiteral("The device to export to lives in another thread."));
    return {};
}

void ExportRun::onThreadEnd()
{
    finish(Error(Error::Kind::Cancelled, QStringLiteral("The thread of the export has ended."),
                 Error::Outcome::Executed, Error::Phase::Result));
}

void ExportRun::onWork()
{
    if (!m_self)
        return;
    Error error;
    if (turn(error))
        finish(error);
}

// True if it has ended, well or with an error.
bool ExportRun::turn(Error &error)
{
    if (m_completion.isAbandoned()) {
        error = Error(Error::Kind::Cancelled, QStringLiteral("The export was cancelled."),
                      Error::Outcome::Executed, Error::Phase::Result);
        m_source->cancel();
        return true;
    }
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        if (m_text.size() >= WriteSize && !flush(error))
            return true;
        if (m_device && m_device->bytesToWrite() > MostUnsent)
            return false; // bytesWritten() wakes us
        if (timer.nsecsElapsed() > TurnBudget) {
            m_port->postWork();
            return false;
        }
        const ExportSource::Status status = m_source->write(m_formatter, m_text, m_report.rows);
        if (status == ExportSource::Status::Rows)
            continue;
        if (!flush(error))
            return true;
        m_completion.progress(m_report.rows, -1);
        if (status == ExportSource::Status::Waiting)
            return false;
        error = status == ExportSource::Status::End ? flushFile() : m_source->error();
        return true;
    }
}

bool ExportRun::flush(Error &error)
{
    if (!m_device || !m_device->isOpen()) {
        error = deviceError(
            Error::Kind::Usage,
            QStringLiteral("The device to export to was closed or destroyed after %1 bytes; keep it until "
                           "the reply has finished.")
                .arg(m_report.bytes));
        m_source->cancel();
        return false;
    }
    qsizetype written = 0;
    while (written < m_text.size()) {
        const qint64 count = m_device->write(m_text.constData() + written, m_text.size() - written);
        if (count <= 0) {
            error = deviceError(Error::Kind::Limit,
                                QStringLiteral("The device to export to took no more after %1 bytes: %2.")
                                    .arg(m_report.bytes)
                                    .arg(m_device->errorString()));
            m_source->cancel();
            return false;
        }
        written += qsizetype(count);
        m_report.bytes += count;
    }
    m_text.resize(0); // keeps its memory
    return true;
}

// A full disk may show only now.
Error ExportRun::flushFile() const
{
    auto *const file = qobject_cast<QFileDevice *>(m_device.data());
    if (!file || file->flush())
        return {};
    return deviceError(
        Error::Kind::Limit,
        QStringLiteral("The file to export to could not be written: %1.").arg(file->errorString()));
}

void ExportRun::finish(const Error &error)
{
    const std::shared_ptr<ExportRun> self = std::exchange(m_self, nullptr);
    if (!self)
        return;
    m_context.disconnect();
    m_port->detach();
    m_port->stopTicking();
    m_source.reset();
    m_completion.complete(error ? Result<ExportReport>(error) : Result<ExportReport>(m_report));
}

} // namespace Internal

Reply<ExportReport> RowExporter::run(std::unique_ptr<Cursor> cursor, QIODevice *device) const
{
    if (!cursor)
        return Reply<ExportReport>::fromError(
            Error(Error::Kind::Usage, QStringLiteral("There is no cursor to export the rows of.")));
    return Internal::ExportRun::start(m_format, std::make_unique<Internal::CursorSource>(std::move(cursor)),
                                      device);
}

Reply<ExportReport> RowExporter::run(QAbstractItemModel *model, QIODevice *device) const
{
    if (!model)
        return Reply<ExportReport>::fromError(
            Error(Error::Kind::Usage, QStringLiteral("There is no model to export the rows of.")));
    return Internal::ExportRun::start(m_format, std::make_unique<Internal::ModelSource>(model), device);
}

} // namespace QAsyncMySql
