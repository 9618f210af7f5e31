// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "figures.h"

#include <QtCore/QLocale>

namespace {
QLocale locale()
{
    return QLocale(QLocale::English);
}
} // namespace

QString countText(qint64 count)
{
    return locale().toString(count);
}

QString rateText(double rowsPerSecond)
{
    // Three digits are all that a rate is good for.
    qint64 rate = qRound64(rowsPerSecond);
    qint64 unit = 1;
    while (rate / unit >= 1000)
        unit *= 10;
    rate = (rate + unit / 2) / unit * unit;
    return countText(rate) + QStringLiteral(" rows/s");
}

QString memoryText(qint64 bytes)
{
    return locale().toString(double(bytes) / (1024 * 1024), 'f', 1) + QStringLiteral(" MiB");
}

QString secondsText(qint64 milliseconds)
{
    return locale().toString(double(milliseconds) / 1000, 'f', milliseconds < 10'000 ? 2 : 1)
        + QStringLiteral(" s");
}
