// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "windowdemonstration.h"

#include "mainwindow.h"
#include "resultview.h"

#include <QtGui/QImage>
#include <QtGui/QPixmap>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

WindowDemonstration::WindowDemonstration(MainWindow *window, const CommandLine &commandLine)
    : Demonstration(window->model(), commandLine, window)
    , m_window(window)
    , m_onDemand(commandLine.onDemand)
{
}

// A few rows a frame, and twice a second a leap, as one does who looks for something.
void WindowDemonstration::scrollOn()
{
    const bool leaping = elapsed() % 500 < 16;
    QScrollBar *bar = m_window->result()->table()->verticalScrollBar();
    const int next = bar->value() + (leaping ? bar->maximum() / 50 : 45);
    bar->setValue(next > bar->maximum() && m_onDemand ? bar->maximum() : qMin(next, bar->maximum()));
}

void WindowDemonstration::showPlace(double share)
{
    QScrollBar *bar = m_window->result()->table()->verticalScrollBar();
    bar->setValue(qRound(bar->maximum() * share));
}

QImage WindowDemonstration::picture()
{
    return m_window->grab().toImage();
}
