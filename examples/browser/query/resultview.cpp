// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "query/resultview.h"

#include "figures.h"
#include "grid/gridview.h"
#include "grid/headersorting.h"
#include "grid/markedheader.h"
#include "look/elidedlabel.h"
#include "look/messagebanner.h"
#include "table/tabledelegate.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QVBoxLayout>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

namespace {

QLabel *figureLabel(int width)
{
    auto *label = new QLabel;
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    label->setMinimumWidth(width);
    return label;
}

QString stateText(Status status)
{
    switch (status) {
    case Status::Empty:
        return ResultView::tr("Nothing run yet");
    case Status::Loading:
        return ResultView::tr("Streaming …");
    case Status::Waiting:
        return ResultView::tr("More rows: scroll down");
    case Status::Ready:
        return ResultView::tr("Done");
    case Status::Failed:
        return ResultView::tr("Failed");
    case Status::Cancelled:
        return ResultView::tr("Cancelled");
    }
    return QString();
}

} // namespace

ResultView::ResultView(QueryModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_table(new GridView)
    , m_error(new MessageBanner)
    , m_state(new QLabel)
    , m_hint(new ElidedLabel)
    , m_rows(figureLabel(120))
    , m_rate(figureLabel(120))
    , m_memory(figureLabel(90))
    , m_time(figureLabel(70))
    , m_busy(new QProgressBar)
{
    build();
    m_tick.setInterval(200);
    connect(&m_tick, &QTimer::timeout, this, &ResultView::refresh);
    connect(m_model, &QueryModel::statusChanged, this, &ResultView::statusChanged);
    connect(m_model, &QueryModel::progressChanged, this, &ResultView::refresh);
    connect(m_model, &QueryModel::modelReset, this, &ResultView::columnsArrived);
    connect(m_model, &QueryModel::errorChanged, this, [this] { showError(m_model->error()); });
    refresh();
}

void ResultView::build()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new TableDelegate(m_table));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    sortByHeader(m_table->horizontalHeader(), m_model);

    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(90, 8);

    auto *figures = new QHBoxLayout;
    figures->setContentsMargins(12, 5, 12, 5);
    figures->setSpacing(14);
    figures->addWidget(m_state);
    figures->addWidget(m_busy);
    figures->addWidget(m_hint, 1);
    for (QLabel *label : {m_rows, m_rate, m_memory, m_time})
        figures->addWidget(label);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_error);
    layout->addWidget(m_table, 1);
    layout->addLayout(figures);
}

void ResultView::showError(const Error &error)
{
    m_error->showError(error);
}

qint64 ResultView::elapsed() const
{
    return m_running ? m_clock.elapsed() : m_elapsed;
}

void ResultView::statusChanged()
{
    const Status status = m_model->status();
    const bool running = status == Status::Loading || status == Status::Waiting;
    if (running && !m_running) {
        m_clock.start();
        m_tick.start();
    } else if (!running && m_running) {
        m_elapsed = m_clock.elapsed();
        m_tick.stop();
    }
    m_running = running;
    refresh();
}

void ResultView::refresh()
{
    const Status status = m_model->status();
    m_state->setText(stateText(status));
    m_busy->setVisible(status == Status::Loading);
    const bool any = status != Status::Empty;
    m_rows->setText(any ? tr("%1 rows").arg(countText(m_model->loadedRows())) : QString());
    m_rate->setText(any && m_model->rowsPerSecond() > 0 ? rateText(m_model->rowsPerSecond()) : QString());
    m_memory->setText(any ? memoryText(m_model->loadedBytes()) : QString());
    m_time->setText(any ? secondsText(elapsed()) : QString());
}

// New columns are made to fit, each step in a turn of the event loop of its own: rows, widths, painting.
void ResultView::columnsArrived()
{
    QStringList names;
    for (const Column &column : m_model->columns())
        names.append(column.name());
    if (names == m_fittedColumns || m_model->rowCount() == 0)
        return;
    m_fittedColumns = names;
    QTimer::singleShot(1, m_table, &GridView::fitColumns);
}
