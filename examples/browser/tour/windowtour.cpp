// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "tour/windowtour.h"

#include "grid/gridview.h"
#include "mainwindow.h"
#include "query/querytab.h"
#include "table/tabletab.h"
#include "tour/tourdata.h"

#include <QAsyncMySql/pool.h>

#include <QtCore/QDir>
#include <QtCore/QTextStream>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

using namespace QAsyncMySql;

namespace {
constexpr int LookEvery = 40; // ms
constexpr int MostLooks = 500;
} // namespace

WindowTour::WindowTour(MainWindow *window, const ConnectOptions &options, const QString &folder)
    : QObject(window)
    , m_window(window)
    , m_options(options)
    , m_folder(folder)
    , m_other(std::make_unique<Pool>(options))
{
    m_timer.setInterval(LookEvery);
    connect(&m_timer, &QTimer::timeout, this, &WindowTour::look);
}

WindowTour::~WindowTour() = default;

void WindowTour::start()
{
    QDir().mkpath(m_folder);
    planData();
    planQueries();
    planTables();
    planPanels();
    planDialogs();
    then([this] { sql(QStringLiteral("DROP DATABASE ") + TourData::schema()); });
    m_timer.start();
    next();
}

void WindowTour::then(std::function<void()> action, Condition until)
{
    m_steps.push_back({std::move(action), std::move(until), QString()});
}

void WindowTour::picture(const QString &name)
{
    m_steps.push_back({{}, {}, name});
}

// The data, one statement after the other; then the window is connected.
void WindowTour::planData()
{
    for (const QString &statement : TourData::statements())
        then([this, statement] { sql(statement); });
    then([this] {
        ConnectOptions options = m_options;
        options.setDatabase(TourData::schema());
        m_window->connectTo(options);
    });
}

void WindowTour::next()
{
    if (m_steps.empty()) {
        stop(0);
        return;
    }
    m_looks = 0;
    if (m_steps.front().action)
        m_steps.front().action();
}

// Every few milliseconds: has the step come about?
void WindowTour::look()
{
    const Step &step = m_steps.front();
    // A picture waits a little, until all is painted.
    const bool done
        = m_statements == 0 && (!step.until || step.until()) && (step.picture.isEmpty() || m_looks >= 4);
    if (!done) {
        if (++m_looks > MostLooks) {
            QTextStream(stderr) << "The tour waits in vain, " << m_steps.size() << " steps before its end."
                                << Qt::endl;
            stop(1);
        }
        return;
    }
    if (!step.picture.isEmpty()) {
        // The window, and what lies over it.
        QPixmap picture = m_window->grab();
        QPainter painter(&picture);
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget *above : all) {
            const bool popup = above->windowType() == Qt::Popup || above->windowType() == Qt::Dialog;
            if (above == m_window || !above->isVisible() || !popup)
                continue;
            QPoint place = above->windowType() == Qt::Popup
                ? above->mapToGlobal(QPoint()) - m_window->mapToGlobal(QPoint())
                : QPoint((m_window->width() - above->width()) / 2,
                         (m_window->height() - above->height()) / 2);
            const QRect frame(place, above->size());
            painter.fillRect(frame.adjusted(-1, -1, 1, 1), m_window->palette().color(QPalette::Shadow));
            painter.drawPixmap(place, above->grab());
        }
        painter.end();
        const QString path = m_folder + QLatin1Char('/') + step.picture + QLatin1String(".png");
        if (!picture.save(path)) {
            QTextStream(stderr) << "Cannot write " << path << Qt::endl;
            stop(1);
            return;
        }
    }
    m_steps.pop_front();
    next();
}

void WindowTour::stop(int code)
{
    m_timer.stop();
    QCoreApplication::exit(code);
}

void WindowTour::sql(const QString &statement)
{
    ++m_statements;
    const auto done = [this, statement](const Result<ResultSet> &result) {
        --m_statements;
        if (!result) {
            QTextStream(stderr) << statement << "\n" << result.error().toString() << Qt::endl;
            stop(1);
        }
    };
    if (statement.contains(QLatin1Char('?')))
        m_other->query(this, done, statement, TourData::picture());
    else
        m_other->query(this, done, statement);
}

void WindowTour::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : m_window;
    QKeyEvent down(QEvent::KeyPress, key, modifiers);
    QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier); // else the modifiers would stay held
    QCoreApplication::sendEvent(target, &down);
    QCoreApplication::sendEvent(target, &up);
}

QueryTab *WindowTour::queryTab() const
{
    return qobject_cast<QueryTab *>(m_window->currentTab());
}

TableTab *WindowTour::tableTab() const
{
    return qobject_cast<TableTab *>(m_window->currentTab());
}
