// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakesource.h"

#include <QAsyncMySql/querymodel.h>

#include <QtTest/QAbstractItemModelTester>

// A model that is watched all the time.
class WatchedModel : public QAsyncMySql::QueryModel
{
public:
    explicit WatchedModel(FakeSource *source = nullptr)
        : m_tester(this, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        if (source)
            source->attach(this);
    }

private:
    QAbstractItemModelTester m_tester;
};
