// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "tour/windowdemonstration.h"

#include "grid/gridview.h"
#include "mainwindow.h"
#include "query/querytab.h"

#include <QtGui/QImage>
#include <QtGui/QPixmap>
#include <QtWidgets/QScrollBar>

WindowDemonstration::WindowDemonstration(MainWindow *window, QueryTab *query, const CommandLine &commandLine)
    : Demonstration(query->model(), commandLine, window)
    , m_window(window)
    , m_query(query)
    , m_onDemand(commandLine.onDemand)
{
}

// A few rows a frame, and twice a second a leap, as one does who looks for something.
void WindowDemonstration::scrollOn()
{
    const bool leaping = elapsed() % 500 < 16;
    QScrollBar *bar = m_query->grid()->verticalScrollBar();
    const int next = bar->value() + (leaping ? bar->maximum() / 50 : 45);
    bar->setValue(next > bar->maximum() && m_onDemand ? bar->maximum() : qMin(next, bar->maximum()));
}

void WindowDemonstration::showPlace(double share)
{
    QScrollBar *bar = m_query->grid()->verticalScrollBar();
    bar->setValue(qRound(bar->maximum() * share));
}

QImage WindowDemonstration::picture()
{
    return m_window->grab().toImage();
}
