// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "quickdemonstration.h"

#include <QtGui/QImage>
#include <QtQuick/QQuickWindow>

QuickDemonstration::QuickDemonstration(QQuickWindow *window, QAsyncMySql::QueryModel *model,
                                       const CommandLine &commandLine)
    : Demonstration(model, commandLine, window)
    , m_window(window)
{
}

// Without leaps: a TableView makes all its cells anew for each.
void QuickDemonstration::scrollOn()
{
    QMetaObject::invokeMethod(m_window, "scrollOn", Q_ARG(QVariant, 45));
}

void QuickDemonstration::showPlace(double share)
{
    QMetaObject::invokeMethod(m_window, "showPlace", Q_ARG(QVariant, share));
}

QImage QuickDemonstration::picture()
{
    return m_window->grabWindow();
}
