// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "demonstration.h"

#include "processmemory.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QTextStream>
#include <QtGui/QImage>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

Demonstration::Demonstration(QueryModel *model, const CommandLine &commandLine, QObject *window)
    : QObject(window)
    , m_model(model)
    , m_commandLine(commandLine)
{
    connect(m_model, &QueryModel::statusChanged, this, &Demonstration::statusChanged);
    connect(m_model, &QueryModel::progressChanged, this, &Demonstration::progress);
    m_scrollTimer.setTimerType(Qt::PreciseTimer);
    m_scrollTimer.setInterval(16); // as a display's refresh
    connect(&m_scrollTimer, &QTimer::timeout, this, &Demonstration::scrollOn);
}

void Demonstration::statusChanged()
{
    const Status status = m_model->status();
    if (status == Status::Loading && !m_started) {
        m_started = true;
        m_clock.start();
        m_stalls.start();
        if (m_commandLine.scroll)
            m_scrollTimer.start();
    } else if (m_started && !m_finished
               && (status == Status::Ready || status == Status::Failed || status == Status::Cancelled
                   || (status == Status::Waiting && m_commandLine.onDemand && !m_commandLine.scroll))) {
        m_finished = true;
        m_elapsed = m_clock.elapsed();
        // Not from inside the model's signal: the window has yet to show the end.
        QTimer::singleShot(200, this, &Demonstration::finish);
    }
}

void Demonstration::progress()
{
    if (m_pictured || m_model->loadedRows() < 100'000 || m_finished)
        return;
    m_pictured = true;
    takePicture(QStringLiteral("1-streaming"));
}

void Demonstration::finish()
{
    m_stalls.stop();
    m_scrollTimer.stop();
    if (m_model->status() == Status::Failed)
        QTextStream(stderr) << m_model->error().toString() << Qt::endl;
    takePicture(QStringLiteral("2-done"));
    if (!m_commandLine.screenshot.isEmpty() && m_model->rowCount() > 0) {
        showPlace(0.5);
        takePicture(QStringLiteral("3-middle"));
        showPlace(1);
        takePicture(QStringLiteral("4-end"));
    }
    if (m_commandLine.stats)
        printFigures();
    if (m_commandLine.exitWhenDone)
        QCoreApplication::exit(m_model->status() == Status::Failed ? 1 : 0);
}

void Demonstration::takePicture(const QString &name)
{
    if (m_commandLine.screenshot.isEmpty())
        return;
    m_stalls.pause();
    const QFileInfo file(m_commandLine.screenshot);
    const QString path = file.path() + QLatin1Char('/') + file.completeBaseName() + QLatin1Char('-') + name
        + QLatin1String(".png");
    if (!picture().save(path))
        QTextStream(stderr) << "Cannot write " << path << Qt::endl;
    if (!m_finished)
        m_stalls.resume();
}

void Demonstration::printFigures() const
{
    const double seconds = double(m_elapsed) / 1000;
    QTextStream out(stdout);
    out.setRealNumberNotation(QTextStream::FixedNotation);
    out.setRealNumberPrecision(2);
    out << "rows=" << m_model->loadedRows() << " seconds=" << seconds
        << " peak-memory-mib=" << double(peakMemory()) / (1024 * 1024)
        << " longest-stall-ms=" << m_stalls.longest() << " longest-busy-ms=" << m_stalls.longestBusy()
        << " p99-stall-ms=" << m_stalls.percentile(0.99) << " p99-busy-ms=" << m_stalls.busyPercentile(0.99)
        << " ticks=" << m_stalls.ticks() << Qt::endl;
}
