// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchmarks/peers/rows.h"
#include "support/task.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QCoreApplication>

#include <string>

//! One run of bench-qasyncmysql: what it has measured and counted so far.
struct Run
{
    explicit Run(const Bench::Arguments &given)
        : arguments(given)
        , meter(given)
    {
    }
    void finish()
    {
        meter.stop();
        over = true;
    }

    const Bench::Arguments &arguments;
    Bench::Meter meter;
    Bench::Checksum sum;
    quint64 rows = 0;
    std::string extra;
    bool over = false; // finish() was called
};

QAsyncMySql::ConnectOptions connectOptions(const Bench::Arguments &arguments);

//! The value, or the end of the program with the error.
template <class T> T must(const QAsyncMySql::Result<T> &result)
{
    if (!result)
        Bench::die("error", result.error().toString().toStdString());
    if constexpr (!std::is_void_v<T>)
        return *result;
}

void addRow(Bench::Checksum &sum, const QAsyncMySql::Row &row);

template <class Rows> quint64 addRows(Bench::Checksum &sum, const Rows &rows)
{
    quint64 count = 0;
    for (const QAsyncMySql::Row &row : rows) {
        addRow(sum, row);
        ++count;
    }
    return count;
}

// The workloads; each ends the event loop.
Task connectMany(Run &run);
Task roundTrips(Run &run, QAsyncMySql::Connection &connection);
Task pointSelects(Run &run, QAsyncMySql::Connection &connection);
Task pipelines(Run &run, QAsyncMySql::Connection &connection);
Task streamRows(Run &run, QAsyncMySql::Connection &connection);
Task bufferedRows(Run &run, QAsyncMySql::Connection &connection);
Task bigBlobs(Run &run, QAsyncMySql::Connection &connection);
Task bulkInsert(Run &run, QAsyncMySql::Connection &connection);
Task loadLocal(Run &run, QAsyncMySql::Connection &connection);
//! Round trips by QFuture::then() and by callback, for those who write no coroutines.
void chainedRoundTrips(Run &run, QAsyncMySql::Connection &connection);
void calledRoundTrips(Run &run, QAsyncMySql::Connection &connection);
void runPool(Run &run);
