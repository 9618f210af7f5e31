// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

//! Numbers as people read them: "1,000,000", "352,000 rows/s", "112.4 MiB", "2.9 s".
QString countText(qint64 count);
QString rateText(double rowsPerSecond);
QString memoryText(qint64 bytes);
QString secondsText(qint64 milliseconds);
