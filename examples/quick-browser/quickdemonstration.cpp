// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "quickdemonstration.h"

#include <QtGui/QImage>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>

QuickDemonstration::QuickDemonstration(QQuickWindow *window, QAsyncMySql::QueryModel *model,
                                       QQuickItem *table, const CommandLine &commandLine)
    : Demonstration(model, commandLine, window)
    , m_window(window)
    , m_table(table)
{
}

// Without leaps: a TableView makes all its cells anew for each, as it does when rows are added.
void QuickDemonstration::scrollOn()
{
    const double end = m_table->property("contentHeight").toDouble() - m_table->height();
    const double now = m_table->property("contentY").toDouble();
    m_table->setProperty("contentY", qBound(0.0, now + 45, qMax(0.0, end)));
}

void QuickDemonstration::showPlace(double share)
{
    QMetaObject::invokeMethod(m_window, "showPlace", Q_ARG(QVariant, share));
}

QImage QuickDemonstration::picture()
{
    return m_window->grabWindow();
}
