// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "../shared/stallmeter.h"
#include "commandline.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

class MainWindow;

/*!
    Uses the window as a person would, and measures how it fares: scrolls while rows come, takes pictures, and
   prints a line of figures at the end.
*/
class Demonstration : public QObject
{
    Q_OBJECT

public:
    Demonstration(MainWindow *window, const CommandLine &commandLine);

private:
    void statusChanged();
    void progress();
    void scroll();
    void finish();
    void takePicture(const QString &name);
    void printFigures() const;

    MainWindow *const m_window;
    const CommandLine m_commandLine;
    QAsyncMySql::QueryModel *const m_model;
    StallMeter m_stalls;
    QTimer m_scrollTimer;
    QElapsedTimer m_clock;
    qint64 m_elapsed = 0;
    bool m_started = false;
    bool m_finished = false;
    bool m_pictured = false;
};
