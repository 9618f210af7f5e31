// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/statementoptions.h>

#include <QtCore/QSharedData>

namespace QAsyncMySql {

//! What StatementOptions holds.
class StatementOptionsData : public QSharedData
{
public:
    std::chrono::milliseconds timeout{0};
    LocalInfile localInfile;
};

} // namespace QAsyncMySql
