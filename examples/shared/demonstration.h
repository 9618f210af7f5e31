// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"
#include "stallmeter.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

QT_BEGIN_NAMESPACE
class QImage;
QT_END_NAMESPACE

/*!
    Uses a browser as a person would, and measures how it fares: scrolls while rows come, takes pictures, and
    prints a line of figures at the end.
*/
class Demonstration : public QObject
{
    Q_OBJECT

public:
    Demonstration(QAsyncMySql::QueryModel *model, const CommandLine &commandLine, QObject *window);

protected:
    //! Scrolls by what one sees in a frame.
    virtual void scrollOn() = 0;
    //! Shows the row at \a share, 0 to 1, of all.
    virtual void showPlace(double share) = 0;
    virtual QImage picture() = 0;
    //! Since the rows began to come; in ms.
    qint64 elapsed() const { return m_clock.elapsed(); }

private:
    void statusChanged();
    void progress();
    void finish();
    void takePicture(const QString &name);
    void printFigures() const;

    QAsyncMySql::QueryModel *const m_model;
    const CommandLine m_commandLine;
    StallMeter m_stalls;
    QTimer m_scrollTimer;
    QElapsedTimer m_clock;
    qint64 m_elapsed = 0;
    bool m_started = false;
    bool m_finished = false;
    bool m_pictured = false;
};
