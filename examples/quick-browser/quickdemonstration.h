// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demonstration.h"

QT_BEGIN_NAMESPACE
class QQuickWindow;
QT_END_NAMESPACE

//! The demonstration of the QML browser.
class QuickDemonstration final : public Demonstration
{
    Q_OBJECT

public:
    QuickDemonstration(QQuickWindow *window, QAsyncMySql::QueryModel *model, const CommandLine &commandLine);

private:
    void scrollOn() override;
    void showPlace(double share) override;
    QImage picture() override;

    QQuickWindow *const m_window;
};
