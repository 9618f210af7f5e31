// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "demonstration.h"

class MainWindow;
class QueryTab;

//! The demonstration of the Widgets browser.
class WindowDemonstration final : public Demonstration
{
    Q_OBJECT

public:
    WindowDemonstration(MainWindow *window, QueryTab *query, const CommandLine &commandLine);

private:
    void scrollOn() override;
    void showPlace(double share) override;
    QImage picture() override;

    MainWindow *const m_window;
    QueryTab *const m_query;
    const bool m_onDemand; // then the last row is only where reading has come to
};
