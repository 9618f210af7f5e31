// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "progress.h"

#include "terminal.h"

#include <QAsyncMySql/cursor.h>

#include <QLocale>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace std::chrono_literals;

namespace Cli {

Progress::Progress(bool wanted, QObject *parent)
    : QObject(parent)
    , m_active(wanted && isTerminal(StandardError))
{
    m_timer.setInterval(200ms);
    connect(&m_timer, &QTimer::timeout, this, &Progress::show);
}

Progress::~Progress()
{
    stop();
}

void Progress::start(const QAsyncMySql::Cursor *cursor)
{
    if (!m_active)
        return;
    m_cursor = cursor;
    m_elapsed.start();
    m_timer.start();
}

void Progress::stop()
{
    m_timer.stop();
    m_cursor = nullptr;
    if (m_shown)
        std::fputs("\r\x1b[K", stderr);
    m_shown = false;
}

void Progress::show()
{
    const qint64 msecs = std::max<qint64>(1, m_elapsed.elapsed());
    QString line = QString::number(double(msecs) / 1000, 'f', 1) + QStringLiteral(" s");
    if (m_cursor) {
        const qint64 rows = m_cursor->receivedRows();
        const QLocale grouped(QLocale::English); // the C locale has no separators for thousands
        line += QStringLiteral(", %1 rows, %2, %3 rows/s")
                    .arg(grouped.toString(rows), grouped.formattedDataSize(m_cursor->receivedBytes()),
                         grouped.toString(rows * 1000 / msecs));
    }
    std::fprintf(stderr, "\r%s\x1b[K", line.toUtf8().constData());
    std::fflush(stderr);
    m_shown = true;
}

} // namespace Cli
